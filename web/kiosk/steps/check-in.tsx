import { useState } from 'react';
import { generalService } from '../../../core/queue/configuration.ts';
import { call } from '../../shared/client.ts';
import { useMessages } from '../../shared/language.tsx';
import { Digits } from '../keyboard.tsx';
import { messages } from '../messages/index.ts';
import { Problem } from '../../shared/problem.tsx';
import type { StepProps } from './step-props.ts';

/** The letters of booking codes; digits are on the glass next to them. */
const CODE_LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;

/** A visitor who booked shows or types their code, and gets a ticket that is due by the time of the booking. */
export function CheckIn({ centre: { centreId }, visitor: { go, given } }: StepProps) {
  const words = useMessages(messages);
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const signs = code.replaceAll(/[\s-]/g, '').toUpperCase();
  const checkIn = () => {
    setBusy(true);
    setProblem(null);
    call('POST /api/centres/:centreId/booking-check-ins', { params: { centreId }, body: { code: signs } })
      .then(
        (ticket) => given({ ticket, serviceId: generalService(ticket.groupId), wait: null, paper: true }),
        (error: Error) => setProblem(error.message),
      )
      .finally(() => setBusy(false));
  };
  return (
    <>
      <h2 className="question">{words.bookingCode}</h2>
      <Problem text={problem} />
      <input
        aria-label={words.bookingCode}
        value={code}
        maxLength={12}
        autoComplete="off"
        onChange={(event) => setCode(event.target.value)}
      />
      <Digits text={code} change={setCode} letters={CODE_LETTERS} />
      <div className="row">
        <button type="button" onClick={() => go({ page: 'home' })}>
          {words.back}
        </button>
        <button type="button" className="main-action" disabled={busy || signs.length !== CODE_LENGTH} onClick={checkIn}>
          {words.next}
        </button>
      </div>
    </>
  );
}
