import { wallTime } from '../shared/clock.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, useChange, useQuery } from '../shared/query.ts';
import { Problem } from '../shared/problem.tsx';
import { messages } from './messages/index.ts';

const ASK_EVERY_MS = 60_000;
/** What is read again after a visit at home is over. */
const FINISHED = ['GET /api/centres/:centreId/home-visits', 'GET /api/centres/:centreId/bookings'] as const;

interface HomeVisitsProps {
  readonly centreId: number;
  readonly day: string;
  readonly timeZone: string;
}

/** Who goes where today: crew by crew, with when to leave. Addresses are read here and nowhere else, and that is written down. */
export function HomeVisits({ centreId, day, timeZone }: HomeVisitsProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const known = useQuery(
    'GET /api/centres/:centreId/home-visits',
    { params: { centreId }, query: { day } },
    ASK_EVERY_MS,
  );
  const finish = useChange('POST /api/centres/:centreId/home-visits/:bookingId/done', FINISHED);
  const crews = known.data;
  if (crews === null || crews.length === 0) return <QueryState of={known} calm />;
  return (
    <section aria-labelledby="home-visits">
      <h2 id="home-visits">{words.homeVisits}</h2>
      <QueryState of={known} calm />
      <Problem text={finish.problem} />
      {crews.map(({ crew, stops }) => (
        <div key={crew}>
          <h3>{words.homeCrew(crew)}</h3>
          <ol>
            {stops.map(({ booking, address, contact, leaveAt, isTight }) => (
              <li key={booking.bookingId}>
                <strong>{wallTime(booking.at, timeZone, language)}</strong> {address}, {contact}
                {leaveAt !== null && `, ${words.homeLeave(wallTime(leaveAt, timeZone, language))}`}
                {isTight && <span className="problem"> {words.homeTight}</span>}{' '}
                {booking.state === 'booked' ? (
                  <button
                    type="button"
                    onClick={() => finish.run({ params: { centreId, bookingId: booking.bookingId } })}
                  >
                    {words.homeDone}
                    <span className="unseen"> {booking.code}</span>
                  </button>
                ) : (
                  words.bookingStates[booking.state]
                )}
              </li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}
