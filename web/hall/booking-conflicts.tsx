import { useState } from 'react';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, useChange, useQuery } from '../shared/query.ts';
import { Problem } from '../shared/problem.tsx';
import { messages } from './messages/index.ts';
import { localeOf } from '../shared/locale.ts';

const ASK_EVERY_MS = 60_000;
/** What is read again after bookings have been moved. */
const MOVED = ['GET /api/centres/:centreId/booking-conflicts', 'GET /api/centres/:centreId/bookings'] as const;

interface BookingConflictsProps {
  readonly centreId: number;
  readonly timeZone: string;
}

/** Bookings for which there is no room any more, after hours or staff have changed: one press moves all of them. */
export function BookingConflicts({ centreId, timeZone }: BookingConflictsProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const params = { centreId };
  const known = useQuery('GET /api/centres/:centreId/booking-conflicts', { params }, ASK_EVERY_MS);
  const move = useChange('POST /api/centres/:centreId/booking-conflicts/move', MOVED);
  const [said, setSaid] = useState<string | null>(null);
  const shown = { timeZone, day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' } as const;
  const time = (at: number) => new Intl.DateTimeFormat(localeOf(language), shown).format(at);
  const moveAll = () => {
    setSaid(null);
    move.run({ params }, ({ moved, left }) => setSaid(words.conflictsMoved(moved, left)));
  };
  const conflicts = known.data;
  if (conflicts === null || (conflicts.length === 0 && said === null)) return <QueryState of={known} calm />;
  return (
    <section aria-labelledby="conflicts">
      <h2 id="conflicts">{words.conflicts(conflicts.length)}</h2>
      <QueryState of={known} calm />
      {said !== null && <p role="status">{said}</p>}
      <Problem text={move.problem} />
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
