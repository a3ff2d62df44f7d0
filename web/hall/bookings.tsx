import { useState } from 'react';
import type { Booking } from '../../contract/booking.ts';
import type { Ticket } from '../../contract/queue.ts';
import { useAsked } from '../shared/answers.ts';
import { call } from '../shared/client.ts';
import { wallTime } from '../shared/clock.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { servicesByName } from '../shared/services.ts';
import { BookingConflicts } from './booking-conflicts.tsx';
import type { HallProps } from './hall-props.ts';
import { HomeVisits } from './home-visits.tsx';
import { messages } from './messages/index.ts';

const ASK_EVERY_MS = 15_000;

/** Bookings of the centre: who booked is checked in, moved, cancelled; who has no telephone is booked for. */
export function Bookings({ centre, hall }: HallProps) {
  const words = useMessages(messages);
  const { centreId } = centre;
  const [day, setDay] = useState(hall.day as string);
  const [moving, setMoving] = useState<Booking | null>(null);
  const [bookings, again] = useAsked(
    'GET /api/centres/:centreId/bookings',
    { params: { centreId }, query: { day } },
    ASK_EVERY_MS,
  );
  return (
    <div className="bookings">
      <BookingConflicts centreId={centreId} timeZone={centre.timeZone} moved={again} />
      <CheckIn centreId={centreId} changed={again} />
      <section aria-labelledby="bookings">
        <h2 id="bookings">{words.bookings}</h2>
        <label>
          {words.bookingDay}
          <input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
        </label>
        {bookings !== null && bookings.length === 0 && <p>{words.noBookings}</p>}
        {bookings !== null && bookings.length > 0 && (
          <BookingTable bookings={bookings} timeZone={centre.timeZone} changed={again} move={setMoving} />
        )}
      </section>
      <HomeVisits centreId={centreId} day={day} timeZone={centre.timeZone} />
      {moving === null ? (
        <NewBooking centre={centre} hall={hall} day={day} changed={again} />
      ) : (
        <MoveBooking
          key={moving.bookingId}
          booking={moving}
          day={day}
          over={() => {
            setMoving(null);
            again();
          }}
        />
      )}
    </div>
  );
}

interface CheckInProps {
  readonly centreId: number;
  readonly changed: () => void;
}

/** A visitor says his code. */
function CheckIn({ centreId, changed }: CheckInProps) {
  const words = useMessages(messages);
  const [code, setCode] = useState('');
  const [ticket, setTicket] = useState<Ticket | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const send = () => {
    setProblem(null);
    call('POST /api/centres/:centreId/booking-check-ins', { params: { centreId }, body: { code } }).then(
      (given) => {
        setTicket(given);
        setCode('');
        changed();
      },
      (error: Error) => setProblem(error.message),
    );
  };
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
      <Problem text={problem} />
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
  readonly changed: () => void;
  readonly move: (booking: Booking) => void;
}

function BookingTable({ bookings, timeZone, changed, move }: BookingTableProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [problem, setProblem] = useState<string | null>(null);
  const cancel = ({ centreId, bookingId }: Booking) => {
    setProblem(null);
    call('POST /api/centres/:centreId/bookings/:bookingId/cancel', { params: { centreId, bookingId } }).then(
      changed,
      (error: Error) => setProblem(error.message),
    );
  };
  return (
    <>
      <Problem text={problem} />
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
  readonly changed: () => void;
}

/** For somebody who stands here: his time stands at once, and he is told its code. */
function NewBooking({ centre, day, changed }: NewBookingProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const { centreId, timeZone } = centre;
  const services = servicesByName(centre, language);
  const [serviceId, setServiceId] = useState(services[0]?.serviceId ?? '');
  const [contact, setContact] = useState('');
  const [made, setMade] = useState<Booking | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const query = { services: serviceId, day, channel: 'reception' } as const;
  const [free, again] = useAsked(
    'GET /api/centres/:centreId/free-times',
    { params: { centreId }, query },
    ASK_EVERY_MS,
  );
  const book = (at: number) => {
    setProblem(null);
    const way = contact.trim() === '' ? {} : contact.includes('@') ? { email: contact } : { phone: contact };
    const body = { commandId: crypto.randomUUID(), at, services: [{ serviceId, quantity: 1 }], ...way, language };
    call('POST /api/centres/:centreId/bookings', { params: { centreId }, body }).then(
      (booking) => {
        setMade(booking);
        setContact('');
        again();
        changed();
      },
      (error: Error) => setProblem(error.message),
    );
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
      <Problem text={problem} />
      {made !== null && (
        <p className="done" role="status">
          {words.bookingMade(wallTime(made.at, timeZone, language), `${made.code.slice(0, 4)} ${made.code.slice(4)}`)}
        </p>
      )}
      {free !== null && free.times.length === 0 && <p>{words.bookingNoTimes}</p>}
      <div className="times" role="group" aria-label={words.bookingTime}>
        {free?.times.map(({ at }) => (
          <button key={at} type="button" onClick={() => book(at)}>
            {wallTime(at, timeZone, language)}
          </button>
        ))}
      </div>
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
  const { language } = useLanguage();
  const { centreId, bookingId, timeZone, services, persons, code } = booking;
  const [problem, setProblem] = useState<string | null>(null);
  const asked = services.map(({ serviceId, quantity }) => `${serviceId}:${quantity}`).join(',');
  const query = { services: asked, persons, day, channel: 'reception' } as const;
  const [free] = useAsked('GET /api/centres/:centreId/free-times', { params: { centreId }, query }, ASK_EVERY_MS);
  const move = (at: number) => {
    setProblem(null);
    call('POST /api/centres/:centreId/bookings/:bookingId/move', {
      params: { centreId, bookingId },
      body: { at },
    }).then(over, (error: Error) => setProblem(error.message));
  };
  return (
    <section aria-labelledby="move-booking">
      <h2 id="move-booking">{words.bookingMoveTo(code)}</h2>
      <Problem text={problem} />
      {free !== null && free.times.length === 0 && <p>{words.bookingNoTimes}</p>}
      <div className="times" role="group" aria-labelledby="move-booking">
        {free?.times.map(({ at }) => (
          <button key={at} type="button" onClick={() => move(at)}>
            {wallTime(at, timeZone, language)}
          </button>
        ))}
      </div>
      <button type="button" onClick={over}>
        {words.close}
      </button>
    </section>
  );
}

function Problem({ text }: { readonly text: string | null }) {
  if (text === null) return null;
  return (
    <p className="problem" role="alert">
      {text}
    </p>
  );
}
