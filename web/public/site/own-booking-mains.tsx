import type { OwnBooking } from '../../../contract/booking.ts';
import { Code, Summary } from './booking-mains.tsx';
import { ContactField, FormProblem, timeInWords } from './parts.tsx';
import type { MainProps } from './main-props.ts';

/** One's own booking, by its code and contact. */
export function Find({ shown: { code, contact, own, problem }, words, language }: MainProps<'find'>) {
  const described = problem === null ? undefined : 'problem';
  return (
    <main id="find">
      <h1>{words.findTitle}</h1>
      {own !== null && (
        <p className="hint">
          <a href="/my-booking/show">{words.ownHere(timeInWords(own.at, own.timeZone, language))}</a>
        </p>
      )}
      <p>{words.findLead}</p>
      <FormProblem problem={problem} field="code" />
      <form method="post" action="/my-booking" className="question" noValidate>
        <label htmlFor="code">{words.bookingCode}</label>
        <input
          id="code"
          name="code"
          defaultValue={code}
          maxLength={20}
          autoComplete="off"
          aria-describedby={described}
        />
        <ContactField words={words} value={contact} describedBy={described} isWrong={problem !== null} />
        <button type="submit" className="main-action">
          {words.open}
        </button>
      </form>
    </main>
  );
}

export function BookingMain({ shown, words, language }: MainProps<'booking'>) {
  const { booking, canCheckIn, problem } = shown;
  const isComing = booking.state === 'booked';
  const services = booking.services.map(({ serviceId, quantity }) =>
    quantity === 1 ? serviceId : `${serviceId}:${quantity}`,
  );
  const move = new URLSearchParams({ service: services.join(','), centre: String(booking.centreId), move: '1' });
  return (
    <main id="booking">
      <h1>{words.findTitle}</h1>
      <FormProblem problem={problem} field="booking" />
      <p className="big">
        {words.state}: {words.states[booking.state]}
      </p>
      <Summary booking={booking} words={words} language={language} />
      {isComing && booking.atHome && <p className="hint">{words.homeComing}</p>}
      {isComing && !booking.atHome && <Code booking={booking} words={words} language={language} />}
      <ul className="actions">
        {canCheckIn && (
          <li>
            <form method="post" action="/my-booking/check-in">
              <button type="submit" className="main-action">
                {words.checkIn}
              </button>
            </form>
          </li>
        )}
        {booking.state === 'held' && (
          <li>
            <a className="button main-action" href="/book/contact">
              {words.continue}
            </a>
          </li>
        )}
        {isComing && (
          <>
            <li>
              <a className="button" href={`/book/when?${move.toString()}`}>
                {words.move}
              </a>
            </li>
            <li>
              <a className="button" href="/my-booking/appointment.ics">
                {words.toCalendar}
              </a>
            </li>
            <li>
              <a className="button" href="/my-booking/cancel">
                {words.cancel}
              </a>
            </li>
          </>
        )}
        <li>
          <form method="post" action="/my-booking/leave">
            <button type="submit">{words.leave}</button>
          </form>
        </li>
      </ul>
    </main>
  );
}

/** All bookings of the signed-in visitor. */
export function Cabinet({ shown: { bookings }, words, language }: MainProps<'cabinet'>) {
  const namesIn = ({ services }: OwnBooking) => services.map(({ name }) => name[language]).join(', ');
  return (
    <main id="cabinet">
      <h1>{words.cabinet}</h1>
      {bookings.length === 0 && <p>{words.cabinetNone}</p>}
      <ul className="links">
        {bookings.map((booking) => (
          <li key={booking.bookingId}>
            <form method="post" action="/cabinet/open" className="row">
              <input type="hidden" name="booking" value={booking.bookingId} />
              <span>
                {timeInWords(booking.at, booking.timeZone, language)}, {booking.centre[language]}: {namesIn(booking)} (
                {words.states[booking.state]})
              </span>
              <button type="submit">{words.open}</button>
            </form>
          </li>
        ))}
      </ul>
      <form method="post" action="/logout">
        <button type="submit">{words.logout}</button>
      </form>
      <form method="post" action="/logout/all">
        <button type="submit">{words.logoutAll}</button>
      </form>
    </main>
  );
}

export function Cancel({ shown: { booking }, words, language }: MainProps<'cancel'>) {
  return (
    <main id="cancel">
      <h1>{words.cancelTitle}</h1>
      <p>{words.cancelLead}</p>
      <Summary booking={booking} words={words} language={language} />
      <ul className="actions">
        <li>
          <form method="post" action="/my-booking/cancel">
            <button type="submit" className="main-action">
              {words.cancel}
            </button>
          </form>
        </li>
        <li>
          <a className="button" href="/my-booking/show">
            {words.keepIt}
          </a>
        </li>
      </ul>
    </main>
  );
}

/** Signing in did not come to an end: why, and the ways on. */
export function LoginTrouble({ shown: { problem }, words }: MainProps<'login-trouble'>) {
  return (
    <main id="login-trouble">
      <h1>{words.loginTroubleTitle}</h1>
      <p className="problem" role="alert">
        {problem}
      </p>
      <p>
        <a className="main-action" href="/login">
          {words.loginAgain}
        </a>
      </p>
      <p>
        <a href="/my-booking">{words.find}</a> · <a href="/">{words.toHome}</a>
      </p>
    </main>
  );
}
