import { useEffect, useState } from 'react';
import { numbersInAddress } from '../shared/centre.ts';
import { call } from '../shared/client.ts';
import { Connection } from '../shared/connection.tsx';
import { Frame } from '../shared/frame.tsx';
import { useHall } from '../shared/hall.ts';
import { useMessages } from '../shared/language.tsx';
import { Marks } from '../shared/marks.tsx';
import { Unpaired } from '../shared/unpaired.tsx';
import { messages } from './messages/index.ts';
import { Problem } from '../shared/problem.tsx';

const THANKS_MS = 5_000;

interface Served {
  readonly visitId: string;
  readonly day: string;
  readonly number: string;
}

interface Rated {
  readonly visitId: string;
  readonly mark: number;
}

/** The tablet before a window: one touch after the service. It shows a number and nothing else of the visitor. */
export function RateScreen() {
  const [centreId = 0, windowId = 0] = numbersInAddress('centre', 'window');
  const words = useMessages(messages);
  const live = useHall(centreId);
  const [rated, setRated] = useState<Rated | null>(null);
  const since = live.hall?.windows.find((one) => one.windowId === windowId)?.since ?? 0;
  return (
    <Frame title={words.window(windowId)} timeZone={null}>
      <Connection live={live} />
      <Unpaired />
      <Question key={since} centreId={centreId} windowId={windowId} rated={rated} keep={setRated} />
    </Frame>
  );
}

interface QuestionProps {
  readonly centreId: number;
  readonly windowId: number;
  readonly rated: Rated | null;
  readonly keep: (rated: Rated) => void;
}

/** Asks the visitor served last; created again whenever the window has changed. */
function Question({ centreId, windowId, rated, keep }: QuestionProps) {
  const words = useMessages(messages);
  const [served, setServed] = useState<Served | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const mark = served !== null && rated?.visitId === served.visitId ? rated.mark : null;
  const [resting, setResting] = useState(false);
  useEffect(() => {
    let gone = false;
    call('GET /api/centres/:centreId/windows/:windowId/last-visit', { params: { centreId, windowId } }).then(
      ({ visit }) => (gone ? undefined : setServed(visit)),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [centreId, windowId]);
  useEffect(() => {
    if (mark === null) return undefined;
    const timer = setTimeout(() => setResting(true), THANKS_MS);
    return () => clearTimeout(timer);
  }, [mark]);

  if (served === null || resting) return <h2>{words.welcome}</h2>;
  const rate = (given: number) => {
    setProblem(null);
    call('POST /api/centres/:centreId/days/:day/visits/:visitId/rating', {
      params: { centreId, day: served.day, visitId: served.visitId },
      body: { mark: given, at: 'tablet' },
    }).then(
      () => keep({ visitId: served.visitId, mark: given }),
      (error: Error) => setProblem(error.message),
    );
  };
  return (
    <>
      <Problem text={problem} />
      <h2>{words.question(served.number)}</h2>
      <Marks mark={mark} rate={rate} />
      <p role="status" className={mark === null ? '' : 'done'}>
        {mark === null ? '' : words.thanks}
      </p>
    </>
  );
}
