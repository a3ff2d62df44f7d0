import { useState } from 'react';
import { taskInWords } from '../../core/applications/task-words.ts';
import { call, type ReplyOf } from '../shared/client.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';
import { Problem } from '../shared/problem.tsx';

type Task = ReplyOf<'GET /api/centres/:centreId/case-tasks'>[number];

interface TasksProps {
  readonly tasks: readonly Task[];
  readonly changed: () => void;
  /** The zone of the centre: its clock is on the wall, whatever the device shows. */
  readonly timeZone: string;
}

/** What a person has to see to. */
export function Tasks({ tasks, changed, timeZone }: TasksProps) {
  const words = useMessages(messages);
  if (tasks.length === 0) return <p>{words.noTasks}</p>;
  return (
    <ul className="tasks">
      {tasks.map((task) => (
        <li key={task.taskId}>
          <TaskCard task={task} changed={changed} timeZone={timeZone} />
        </li>
      ))}
    </ul>
  );
}

function TaskCard({ task, changed, timeZone }: Omit<TasksProps, 'tasks'> & { readonly task: Task }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [problem, setProblem] = useState<string | null>(null);
  const { taskId, kind, number, openedAt } = task;
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
        {new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short', timeZone }).format(openedAt)} ·{' '}
        {taskInWords(task, language)}
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
