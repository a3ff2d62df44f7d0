import { useState } from 'react';
import { useAsked } from '../shared/answers.ts';
import { call } from '../shared/client.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';

const ASK_EVERY_MS = 60_000;

interface BookingConflictsProps {
  readonly centreId: number;
  readonly timeZone: string;
  readonly moved: () => void;
}

/** Bookings for which there is no room any more, after hours or staff have changed: one press moves all of them. */
export function BookingConflicts({ centreId, timeZone, moved }: BookingConflictsProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [conflicts, again] = useAsked(
    'GET /api/centres/:centreId/booking-conflicts',
    { params: { centreId } },
    ASK_EVERY_MS,
  );
  const [said, setSaid] = useState<string | null>(null);
  const shown = { timeZone, day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' } as const;
  const time = (at: number) => new Intl.DateTimeFormat(language, shown).format(at);
  const moveAll = () => {
    call('POST /api/centres/:centreId/booking-conflicts/move', { params: { centreId } }).then(
      (done) => {
        setSaid(words.conflictsMoved(done.moved, done.left));
        again();
        moved();
      },
      (error: Error) => setSaid(error.message),
    );
  };
  if (conflicts === null || (conflicts.length === 0 && said === null)) return null;
  return (
    <section aria-labelledby="conflicts">
      <h2 id="conflicts">{words.conflicts(conflicts.length)}</h2>
      {said !== null && <p role="status">{said}</p>}
      <ul>
        {conflicts.map(({ booking, reason, offers }) => (
          <li key={booking.bookingId}>
            {time(booking.at)}, {booking.services.map(({ name }) => name[language]).join(', ')}:{' '}
            {words.conflictReasons[reason]}
            {offers[0] !== undefined && ` → ${time(offers[0].at)}, ${offers[0].centre[language]}`}
          </li>
        ))}
      </ul>
      {conflicts.length > 0 && (
        <button type="button" className="main-action" onClick={moveAll}>
          {words.conflictsMove}
        </button>
      )}
    </section>
  );
}
