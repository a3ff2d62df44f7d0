import { taskInWords } from '../../core/applications/task-words.ts';
import type { ReplyOf } from '../shared/client.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, type Query, useChange } from '../shared/query.ts';
import { messages } from './messages/index.ts';
import { Problem } from '../shared/problem.tsx';
import { localeOf } from '../shared/locale.ts';

type Task = ReplyOf<'GET /api/centres/:centreId/case-tasks'>[number];

interface TasksProps {
  readonly tasks: Query<readonly Task[]>;
  /** The zone of the centre: its clock is on the wall, whatever the device shows. */
  readonly timeZone: string;
}

/** What a person has to see to. */
export function Tasks({ tasks, timeZone }: TasksProps) {
  const words = useMessages(messages);
  return (
    <>
      <QueryState of={tasks} />
      {tasks.data?.length === 0 && <p>{words.noTasks}</p>}
      <ul className="tasks">
        {tasks.data?.map((task) => (
          <li key={task.taskId}>
            <TaskCard task={task} timeZone={timeZone} />
          </li>
        ))}
      </ul>
    </>
  );
}

function TaskCard({ task, timeZone }: Omit<TasksProps, 'tasks'> & { readonly task: Task }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const closing = useChange('POST /api/case-tasks/:taskId/close', ['GET /api/centres/:centreId/case-tasks']);
  const { taskId, kind, number, openedAt } = task;
  const close = (outcome: string) => closing.run({ params: { taskId }, body: { outcome } });
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
        {new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'short', timeStyle: 'short', timeZone }).format(
          openedAt,
        )}{' '}
        · {taskInWords(task, language)}
      </p>
      <label>
        <span>{words.outcome}</span>
        <input name="outcome" required minLength={3} maxLength={300} />
      </label>
      <button type="submit">{words.close}</button>
      <Problem text={closing.problem} />
    </form>
  );
}
