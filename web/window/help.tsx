import { useState } from 'react';
import { useAsked } from '../shared/answers.ts';
import { call } from '../shared/client.ts';
import { useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';
import { Problem } from '../shared/problem.tsx';

const ASK_EVERY_MS = 5_000;

/** Ask a senior, in the open; raise the silent alarm, of which the window shows nothing but a dot. */
export function Help({ centreId, windowId }: { readonly centreId: number; readonly windowId: number }) {
  const words = useMessages(messages);
  const [problem, setProblem] = useState<string | null>(null);
  const params = { centreId, windowId };
  const [found, again] = useAsked('GET /api/centres/:centreId/windows/:windowId/alerts', { params }, ASK_EVERY_MS);
  const alerts = found ?? [];
  const raise = (kind: 'senior-wanted' | 'silent-alarm') =>
    call('POST /api/centres/:centreId/windows/:windowId/alerts', { params, body: { kind } }).then(
      again,
      (error: Error) => setProblem(error.message),
    );
  const senior = alerts.find(({ kind }) => kind === 'senior-wanted');
  const silent = alerts.some(({ kind }) => kind === 'silent-alarm');
  return (
    <section className="card help" aria-label={words.help}>
      <button type="button" aria-pressed={senior !== undefined} onClick={() => void raise('senior-wanted')}>
        {words.senior}
      </button>
      <button type="button" className="silent" onClick={() => void raise('silent-alarm')}>
        {words.silentAlarm}
        <span aria-hidden="true">{silent ? ' •' : ''}</span>
      </button>
      <p role="status">{senior === undefined ? '' : senior.seenAt === null ? words.seniorAsked : words.seniorComes}</p>
      <Problem text={problem} />
    </section>
  );
}
