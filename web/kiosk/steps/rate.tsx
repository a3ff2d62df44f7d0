import { useState } from 'react';
import { NUMBER_LETTERS } from '../../../core/queue/letters.ts';
import { call } from '../../shared/client.ts';
import { useMessages } from '../../shared/language.tsx';
import { Marks } from '../../shared/marks.tsx';
import { Digits } from '../keyboard.tsx';
import { messages } from '../messages/index.ts';
import { Said, type SaidWords } from '../../shared/problem.tsx';

interface RateProps {
  readonly centreId: number;
  readonly day: string;
  readonly done: () => void;
}

/** A visitor who was served rates the visit by the number of the ticket. */
export function RateByNumber({ centreId, day, done }: RateProps) {
  const words = useMessages(messages);
  const [number, setNumber] = useState('');
  const [visitId, setVisitId] = useState<string | null>(null);
  const [said, setSaid] = useState<SaidWords | null>(null);
  const failed = (error: Error) => setSaid({ text: error.message, problem: true });
  const find = () => {
    setSaid(null);
    call('GET /api/centres/:centreId/numbers/:number', { params: { centreId, number: number.trim() } }).then(
      (found) => {
        if (found.state === 'finished') setVisitId(found.visitId);
        else setSaid({ text: words.rateLater, problem: true });
      },
      failed,
    );
  };
  const rate = (mark: number) => {
    if (visitId === null) return;
    call('POST /api/centres/:centreId/days/:day/visits/:visitId/rating', {
      params: { centreId, day, visitId },
      body: { mark, at: 'kiosk' },
    }).then(() => {
      setSaid({ text: words.thanks, problem: false });
      setTimeout(done, 3_000);
    }, failed);
  };
  return (
    <>
      <h2 className="question">{visitId === null ? words.rateNumber : words.rateQuestion}</h2>
      <Said said={said} />
      {visitId === null ? (
        <>
          <input
            aria-label={words.rateNumber}
            value={number}
            maxLength={6}
            autoComplete="off"
            onChange={(event) => setNumber(event.target.value)}
          />
          <Digits text={number} change={setNumber} letters={NUMBER_LETTERS.map(({ letter }) => letter).join('')} />
          <div className="row">
            <button type="button" onClick={done}>
              {words.back}
            </button>
            <button type="button" className="main-action" disabled={number.trim().length < 2} onClick={find}>
              {words.next}
            </button>
          </div>
        </>
      ) : (
        <Marks mark={null} rate={rate} />
      )}
    </>
  );
}
