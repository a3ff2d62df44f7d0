import { useMessages } from '../shared/language.tsx';
import { QueryState, useChange, useQuery } from '../shared/query.ts';
import { messages } from './messages/index.ts';
import { Problem } from '../shared/problem.tsx';

const ASK_EVERY_MS = 5_000;
const RAISED = ['GET /api/centres/:centreId/windows/:windowId/alerts'] as const;

/** Ask a senior, in the open; raise the silent alarm, of which the window shows nothing but a dot. */
export function Help({ centreId, windowId }: { readonly centreId: number; readonly windowId: number }) {
  const words = useMessages(messages);
  const params = { centreId, windowId };
  const known = useQuery('GET /api/centres/:centreId/windows/:windowId/alerts', { params }, ASK_EVERY_MS);
  const raised = useChange('POST /api/centres/:centreId/windows/:windowId/alerts', RAISED);
  const alerts = known.data ?? [];
  const raise = (kind: 'senior-wanted' | 'silent-alarm') => raised.run({ params, body: { kind } });
  const senior = alerts.find(({ kind }) => kind === 'senior-wanted');
  const silent = alerts.some(({ kind }) => kind === 'silent-alarm');
  return (
    <section className="card help" aria-label={words.help}>
      <button type="button" aria-pressed={senior !== undefined} onClick={() => raise('senior-wanted')}>
        {words.senior}
      </button>
      <button type="button" className="silent" onClick={() => raise('silent-alarm')}>
        {words.silentAlarm}
        <span aria-hidden="true">{silent ? ' •' : ''}</span>
      </button>
      <p role="status">{senior === undefined ? '' : senior.seenAt === null ? words.seniorAsked : words.seniorComes}</p>
      <QueryState of={known} calm />
      <Problem text={raised.problem} />
    </section>
  );
}
