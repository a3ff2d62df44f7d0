import { useState } from 'react';
import type { Booking } from '../../contract/booking.ts';
import type { Ticket } from '../../contract/queue.ts';
import type { InputOf } from '../shared/client.ts';
import { wallTime } from '../shared/clock.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, useChange, useQuery } from '../shared/query.ts';
import { Problem } from '../shared/problem.tsx';
import { servicesByName } from '../shared/services.ts';
import { BookingConflicts } from './booking-conflicts.tsx';
import type { HallProps } from './hall-props.ts';
import { HomeVisits } from './home-visits.tsx';
import { messages } from './messages/index.ts';

const ASK_EVERY_MS = 15_000;
/** What is read again after a booking has been made, moved, cancelled or checked in. */
const CHANGED = [
  'GET /api/centres/:centreId/bookings',
  'GET /api/centres/:centreId/free-times',
  'GET /api/centres/:centreId/booking-conflicts',
] as const;

/** Bookings of the centre: check in, move, cancel, and book for visitors without a telephone. */
export function Bookings({ centre, hall }: HallProps) {
  const words = useMessages(messages);
  const { centreId } = centre;
  const [day, setDay] = useState(hall.day as string);
  const [moving, setMoving] = useState<Booking | null>(null);
  const bookings = useQuery(
    'GET /api/centres/:centreId/bookings',
    { params: { centreId }, query: { day } },
    ASK_EVERY_MS,
  );
  return (
    <div className="bookings">
      <BookingConflicts centreId={centreId} timeZone={centre.timeZone} />
      <CheckIn centreId={centreId} />
      <section aria-labelledby="bookings">
        <h2 id="bookings">{words.bookings}</h2>
        <label>
          {words.bookingDay}
          <input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
        </label>
        <QueryState of={bookings} />
        {bookings.data?.length === 0 && <p>{words.noBookings}</p>}
        {bookings.data !== null && bookings.data.length > 0 && (
          <BookingTable bookings={bookings.data} timeZone={centre.timeZone} move={setMoving} />
        )}
      </section>
      <HomeVisits centreId={centreId} day={day} timeZone={centre.timeZone} />
      {moving === null ? (
        <NewBooking centre={centre} hall={hall} day={day} />
      ) : (
        <MoveBooking key={moving.bookingId} booking={moving} day={day} over={() => setMoving(null)} />
      )}
    </div>
  );
}

/** A visitor says their code. */
function CheckIn({ centreId }: { readonly centreId: number }) {
  const words = useMessages(messages);
  const [code, setCode] = useState('');
  const [ticket, setTicket] = useState<Ticket | null>(null);
  const checkIn = useChange('POST /api/centres/:centreId/booking-check-ins', CHANGED);
  const send = () =>
    checkIn.run({ params: { centreId }, body: { code } }, (given) => {
      setTicket(given);
      setCode('');
    });
  return (
    <section aria-labelledby="check-in">
      <h2 id="check-in">{words.bookingCame}</h2>
      <label>
        {words.bookingCode}
        <input value={code} maxLength={12} autoComplete="off" onChange={(event) => setCode(event.target.value)} />
      </label>
      <button type="button" className="main-action" disabled={code.trim().length < 8} onClick={send}>
        {words.bookingCheckIn}
      </button>
      <Problem text={checkIn.problem} />
      {ticket !== null && (
        <p className="done" role="status">
          {words.bookingTicket(ticket.number)}
        </p>
      )}
    </section>
  );
}

interface BookingTableProps {
  readonly bookings: readonly Booking[];
  readonly timeZone: string;
  readonly move: (booking: Booking) => void;
}

function BookingTable({ bookings, timeZone, move }: BookingTableProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const cancellation = useChange('POST /api/centres/:centreId/bookings/:bookingId/cancel', CHANGED);
  const cancel = ({ centreId, bookingId }: Booking) => cancellation.run({ params: { centreId, bookingId } });
  return (
    <>
      <Problem text={cancellation.problem} />
      <div className="scrolled" tabIndex={0} role="region" aria-label={words.bookingTime}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.bookingTime}</th>
              <th scope="col">{words.service}</th>
              <th scope="col">{words.bookingCode}</th>
              <th scope="col">{words.bookingState}</th>
              <th scope="col">{words.bookingChange}</th>
            </tr>
          </thead>
          <tbody>
            {bookings.map((booking) => (
              <tr key={booking.bookingId}>
                <th scope="row">{wallTime(booking.at, timeZone, language)}</th>
                <td>{booking.services.map(({ name }) => name[language]).join(', ')}</td>
                <td>
                  {booking.code.slice(0, 4)} {booking.code.slice(4)}
                </td>
                <td>{words.bookingStates[booking.state]}</td>
                <td>
                  {booking.state === 'booked' && (
                    <>
                      <button type="button" onClick={() => move(booking)}>
                        {words.bookingMove}
                        <span className="unseen"> {booking.code}</span>
                      </button>{' '}
                      <button type="button" onClick={() => cancel(booking)}>
                        {words.bookingCancel}
                        <span className="unseen"> {booking.code}</span>
                      </button>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface NewBookingProps extends Pick<HallProps, 'centre' | 'hall'> {
  readonly day: string;
}

/** For a visitor who is here: their time is confirmed at once, and they are told its code. */
function NewBooking({ centre, day }: NewBookingProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const { centreId, timeZone } = centre;
  const services = servicesByName(centre, language);
  const [serviceId, setServiceId] = useState(services[0]?.serviceId ?? '');
  const [contact, setContact] = useState('');
  const [made, setMade] = useState<Booking | null>(null);
  const booking = useChange('POST /api/centres/:centreId/bookings', CHANGED);
  const query = { services: serviceId, day, channel: 'reception' } as const;
  const book = (at: number) => {
    const way = contact.trim() === '' ? {} : contact.includes('@') ? { email: contact } : { phone: contact };
    const body = { commandId: crypto.randomUUID(), at, services: [{ serviceId, quantity: 1 }], ...way, language };
    booking.run({ params: { centreId }, body }, (kept) => {
      setMade(kept);
      setContact('');
    });
  };
  return (
    <section aria-labelledby="new-booking">
      <h2 id="new-booking">{words.bookingNew}</h2>
      <label>
        {words.service}
        <select value={serviceId} onChange={(event) => setServiceId(event.target.value)}>
          {services.map(({ serviceId: id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.bookingContact}
        <input
          value={contact}
          maxLength={254}
          autoComplete="off"
          onChange={(event) => setContact(event.target.value)}
        />
      </label>
      <Problem text={booking.problem} />
      {made !== null && (
        <p className="done" role="status">
          {words.bookingMade(wallTime(made.at, timeZone, language), `${made.code.slice(0, 4)} ${made.code.slice(4)}`)}
        </p>
      )}
      <FreeTimes centreId={centreId} query={query} timeZone={timeZone} take={book} />
    </section>
  );
}

interface MoveBookingProps {
  readonly booking: Booking;
  readonly day: string;
  readonly over: () => void;
}

/** Another time of the day that is chosen above; the code stays, and the visitor is told. */
function MoveBooking({ booking, day, over }: MoveBookingProps) {
  const words = useMessages(messages);
  const { centreId, bookingId, timeZone, services, persons, code } = booking;
  const moving = useChange('POST /api/centres/:centreId/bookings/:bookingId/move', CHANGED);
  const asked = services.map(({ serviceId, quantity }) => `${serviceId}:${quantity}`).join(',');
  const query = { services: asked, persons, day, channel: 'reception' } as const;
  const move = (at: number) => moving.run({ params: { centreId, bookingId }, body: { at } }, over);
  return (
    <section aria-labelledby="move-booking">
      <h2 id="move-booking">{words.bookingMoveTo(code)}</h2>
      <Problem text={moving.problem} />
      <FreeTimes centreId={centreId} query={query} timeZone={timeZone} take={move} />
      <button type="button" onClick={over}>
        {words.close}
      </button>
    </section>
  );
}

interface FreeTimesProps {
  readonly centreId: number;
  readonly query: InputOf<'GET /api/centres/:centreId/free-times'>['query'];
  readonly timeZone: string;
  readonly take: (at: number) => void;
}

/** The times at which there is room: a press takes one. */
function FreeTimes({ centreId, query, timeZone, take }: FreeTimesProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const free = useQuery('GET /api/centres/:centreId/free-times', { params: { centreId }, query }, ASK_EVERY_MS);
  return (
    <>
      <QueryState of={free} />
      {free.data?.times.length === 0 && <p>{words.bookingNoTimes}</p>}
      <div className="times" role="group" aria-label={words.bookingTime}>
        {free.data?.times.map(({ at }) => (
          <button key={at} type="button" onClick={() => take(at)}>
            {wallTime(at, timeZone, language)}
          </button>
        ))}
      </div>
    </>
  );
}
