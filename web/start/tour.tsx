import { type ReactNode, useState } from 'react';
import { call } from '../shared/client.ts';
import { useMessages } from '../shared/language.tsx';
import { useAnswer } from '../shared/answers.ts';
import { messages } from './messages/index.ts';
import { paths } from '../shared/paths.ts';

const ASK_EVERY_MS = 2_000;
/** A minute more than is promised. */
const TOO_LONG_MINUTES = 16;

/** Five minutes in a hall of one's own. What has been done is seen in the hall itself, and ticked. */
export function Tour({ hallId }: { readonly hallId: number }) {
  const words = useMessages(messages);
  // Asked for, not streamed: a browser keeps six connections to a server, and the tour opens five screens.
  const hall = useAnswer('GET /api/centres/:centreId/hall', { params: { centreId: hallId } }, ASK_EVERY_MS);
  const vouchers = useAnswer('GET /api/centres/:centreId/vouchers', { params: { centreId: hallId } }, ASK_EVERY_MS);
  const [seenBoard, setSeenBoard] = useState(false);
  const waiting = hall?.waiting.reduce((sum, line) => sum + line.visits, 0) ?? 0;
  const called = (hall?.calls.length ?? 0) > 0;
  const served = hall?.windows.some(({ state }) => state === 'serving') ?? false;
  const [everServed, setEverServed] = useState(false);
  if (served && !everServed) setEverServed(true);
  const broken = (vouchers?.length ?? 0) > 0;
  const had = vouchers?.some(({ drink }) => drink !== null) ?? false;
  const link = (address: string, text: string, seen?: () => void) => (
    <a href={address} target="_blank" rel="noreferrer" onClick={seen}>
      {text}
    </a>
  );
  const steps: readonly { readonly done: boolean; readonly content: ReactNode }[] = [
    { done: waiting > 0 || called, content: link(paths.kiosk(hallId), words.tour.take) },
    { done: seenBoard, content: link(paths.board(hallId), words.tour.board, () => setSeenBoard(true)) },
    { done: everServed, content: link(paths.window(hallId, 1), words.tour.serve) },
    {
      done: broken,
      content: (
        <>
          {words.tour.wait} <Hurry />
        </>
      ),
    },
    {
      done: had,
      content: (
        <>
          {words.tour.repair} {link(paths.hall(hallId), words.tour.hall)}, {link(paths.bar(hallId), words.tour.bar)}
        </>
      ),
    },
    { done: false, content: link(paths.promise(), words.tour.promise) },
  ];
  return (
    <section className="tour" aria-labelledby="tour">
      <h2 id="tour">{words.tour.title}</h2>
      <p>{words.tour.lead}</p>
      <ol>
        {steps.map(({ done, content }, index) => (
          <li key={['take', 'board', 'serve', 'wait', 'repair', 'promise'][index]} className={done ? 'done' : ''}>
            {done && <span role="img" aria-label={words.tour.done}>{`✓ `}</span>}
            {content}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Lets the demo's clock run until the promise to a waiting visitor is broken. */
function Hurry() {
  const words = useMessages(messages);
  const [said, setSaid] = useState<string | null>(null);
  const hurry = () =>
    call('POST /api/clock/hurry', { body: { minutes: TOO_LONG_MINUTES } }).then(
      () => setSaid(words.tour.hurrying),
      (error: Error) => setSaid(error.message),
    );
  return (
    <>
      <button type="button" onClick={() => void hurry()}>
        {words.tour.hurry}
      </button>{' '}
      <span role="status">{said}</span>
    </>
  );
}
