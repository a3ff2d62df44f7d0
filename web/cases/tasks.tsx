import { useState } from 'react';
import { call } from '../shared/client.ts';
import type { ReplyOf } from '../shared/answers.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';
import { Problem } from '../shared/problem.tsx';

type Task = ReplyOf<'GET /api/centres/:centreId/case-tasks'>[number];

interface TasksProps {
  readonly tasks: readonly Task[];
  readonly changed: () => void;
}

/** What a person has to see to. */
export function Tasks({ tasks, changed }: TasksProps) {
  const words = useMessages(messages);
  if (tasks.length === 0) return <p>{words.noTasks}</p>;
  return (
    <ul className="tasks">
      {tasks.map((task) => (
        <li key={task.taskId}>
          <TaskCard task={task} changed={changed} />
        </li>
      ))}
    </ul>
  );
}

function TaskCard({ task, changed }: { readonly task: Task; readonly changed: () => void }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [problem, setProblem] = useState<string | null>(null);
  const { taskId, kind, number, details, openedAt } = task;
  const close = (outcome: string) => {
    setProblem(null);
    call('POST /api/case-tasks/:taskId/close', { params: { taskId }, body: { outcome } }).then(
      changed,
      (error: Error) => setProblem(error.message),
    );
  };
  return (
    <form
      className="form"
      aria-label={`${words.taskKinds[kind]} ${number ?? ''}`}
      onSubmit={(event) => {
        event.preventDefault();
        close(String(new FormData(event.currentTarget).get('outcome')));
      }}
    >
      <h3>
        {words.taskKinds[kind]} {number !== null && `· ${number}`}
      </h3>
      <p className="quiet">
        {new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(openedAt)} ·{' '}
        {detailsInWords(details)}
      </p>
      <label>
        <span>{words.outcome}</span>
        <input name="outcome" required minLength={3} maxLength={300} />
      </label>
      <button type="submit">{words.close}</button>
      <Problem text={problem} />
    </form>
  );
}

/** What is known of a task beside its kind, in the order in which it was written down. */
function detailsInWords(details: unknown): string {
  return Object.entries(details as Record<string, unknown>)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
