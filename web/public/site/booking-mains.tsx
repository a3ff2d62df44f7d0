import type { BookingWish } from '../../../contract/site.ts';
import type { OwnBooking } from '../../../contract/booking.ts';
import type { SiteWords } from '../messages/site.ts';
import type { Language } from '../page.tsx';
import { OriginForm } from './centre-mains.tsx';
import { dayInWords, FormProblem, shortName, stateOf, timeInWords } from './parts.tsx';
import type { MainProps } from './site-page.tsx';

interface StepProps {
  readonly words: SiteWords;
  readonly step: number;
  readonly title: string;
}

function StepTitle({ words, step, title }: StepProps) {
  return (
    <>
      <p className="quiet">{words.step(step)}</p>
      <h1>{title}</h1>
    </>
  );
}

function namesOf({ names }: BookingWish, language: Language): string {
  return names.map((name) => name[language]).join(', ');
}

/** The first question: where. */
export function Where({ shown, words, language }: MainProps<'where'>) {
  const { wish, places, isAll, origins, from } = shown;
  const hidden = { service: wish.service, ...(wish.isMove && { move: '1' }) };
  return (
    <main id="where">
      <StepTitle words={words} step={1} title={words.whereTitle} />
      <p>{namesOf(wish, language)}</p>
      <OriginForm action="/book" origins={origins} from={from} words={words} language={language} hidden={hidden} />
      {places.length === 0 ? (
        <p className="problem">{words.noPlaces}</p>
      ) : (
        <form method="get" action="/book/when">
          {Object.entries(hidden).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <fieldset className="radios">
            <legend className="unseen">{words.whereTitle}</legend>
            {places.map((place, index) => (
              <label key={place.centreId}>
                <input type="radio" name="centre" value={place.centreId} defaultChecked={index === 0} required />
                <span>
                  {shortName(place.name, language)}
                  <span className="quiet">
                    {' '}
                    — {words.firstFree(place.first)}
                    {place.wayMinutes !== null && `, ${stateOf({ ...place, waitMinutes: null, isOpen: true }, words)}`}
                  </span>
                </span>
              </label>
            ))}
          </fieldset>
          <button type="submit" className="main-action">
            {words.continue}
          </button>
        </form>
      )}
      {!isAll && places.length > 0 && (
        <p>
          <a href={`/book?${new URLSearchParams({ ...hidden, all: '1' }).toString()}`}>{words.showAll}</a>
        </p>
      )}
    </main>
  );
}

/** The second question: when. Each time is a button: one press holds it. */
export function When({ shown, words, language }: MainProps<'when'>) {
  const { wish, commandId, centre, days, day, times, minutes, problem, work } = shown;
  const of = { service: wish.service, centre: String(centre.centreId), ...(wish.isMove && { move: '1' }) };
  return (
    <main id="when">
      <StepTitle words={words} step={2} title={words.whenTitle} />
      <p>
        {namesOf(wish, language)}, {centre.name[language]}.{' '}
        <a
          href={`/book?${new URLSearchParams({ service: wish.service, ...(wish.isMove && { move: '1' }) }).toString()}`}
        >
          {words.otherCentre}
        </a>
      </p>
      {minutes > 0 && <p className="quiet">{words.minutesAt(minutes)}</p>}
      <FormProblem problem={problem} field="times" />
      <nav aria-label={words.dayTitle}>
        <ul className="days">
          {days.map(({ day: one, times: count }) => (
            <li key={one}>
              <a
                href={`/book/when?${new URLSearchParams({ ...of, day: one }).toString()}`}
                aria-current={one === day ? 'date' : undefined}
              >
                {dayInWords(one, language)} <span className="quiet">{words.timesCount(count)}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <h2 id="times">{words.timeTitle(dayInWords(day, language))}</h2>
      {times.length === 0 ? (
        <p>{words.noTimes}</p>
      ) : (
        <form method="post" action="/book/when" data-work={work?.bits}>
          {Object.entries({ ...of, command: commandId, ...(work !== null && { challenge: work.challenge }) }).map(
            ([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ),
          )}
          <div className="times" role="group" aria-labelledby="times">
            {times.map(({ at, time }) => (
              <button key={at} type="submit" name="at" value={at}>
                {time}
              </button>
            ))}
          </div>
        </form>
      )}
    </main>
  );
}

interface BookingProps {
  readonly booking: OwnBooking;
  readonly words: SiteWords;
  readonly language: Language;
}

/** What is booked, in three lines. */
function Summary({ booking, words, language }: BookingProps) {
  const { services, centre, at, timeZone } = booking;
  return (
    <dl className="facts">
      <div>
        <dt>{words.service}</dt>
        <dd>{services.map(({ name }) => name[language]).join(', ')}</dd>
      </div>
      <div>
        <dt>{words.centre}</dt>
        <dd>{centre[language]}</dd>
      </div>
      <div>
        <dt>{words.time}</dt>
        <dd>{timeInWords(at, timeZone, language)}</dd>
      </div>
    </dl>
  );
}

/** The third question: how to reach the visitor. Nothing else of him is needed. */
export function Contact({ shown: { booking, typed, problem }, words, language }: MainProps<'contact'>) {
  return (
    <main id="contact-page">
      <StepTitle words={words} step={3} title={words.contactTitle} />
      <FormProblem problem={problem} field="contact" />
      <Held booking={booking} words={words} language={language} />
      <form method="post" action="/book/contact" className="question" noValidate>
        <label htmlFor="contact">{words.contactLabel}</label>
        <p className="quiet" id="contact-hint">
          {words.contactHint}
        </p>
        <input
          id="contact"
          name="contact"
          type="text"
          autoComplete="email"
          defaultValue={typed}
          maxLength={254}
          aria-describedby={problem === null ? 'contact-hint' : 'problem contact-hint'}
          aria-invalid={problem === null ? undefined : true}
        />
        <button type="submit" className="main-action">
          {words.sendCode}
        </button>
      </form>
    </main>
  );
}

function Held({ booking: { heldUntil, timeZone }, words, language }: BookingProps) {
  if (heldUntil === null) return null;
  const time = new Intl.DateTimeFormat(language, { timeZone, hour: '2-digit', minute: '2-digit' }).format(heldUntil);
  return <p className="hint">{words.heldUntil(time)}</p>;
}

/** The fourth page: the answers, and the code that proves the contact. */
export function Check({ shown: { booking, problem, isDemo }, words, language }: MainProps<'check'>) {
  const services = booking.services.map(({ serviceId }) => serviceId).join(',');
  const again = new URLSearchParams({ service: services, centre: String(booking.centreId), day: booking.day });
  return (
    <main id="check">
      <StepTitle words={words} step={4} title={words.checkTitle} />
      <FormProblem problem={problem} field="code" />
      <Summary booking={booking} words={words} language={language} />
      <p>
        <a href={`/book/when?${again.toString()}`}>{words.change}</a>
      </p>
      <Held booking={booking} words={words} language={language} />
      <form method="post" action="/book/check" className="question" noValidate>
        <label htmlFor="code">{words.codeLabel}</label>
        <p className="quiet" id="code-hint">
          {words.codeHint}
        </p>
        <input
          id="code"
          name="code"
          type="text"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={10}
          aria-describedby={problem === null ? 'code-hint' : 'problem code-hint'}
          aria-invalid={problem === null ? undefined : true}
        />
        <button type="submit" className="main-action">
          {words.confirm}
        </button>
      </form>
      <p>
        <a href="/book/contact">{words.newCode}</a>
        {isDemo && (
          <>
            {' · '}
            <a href="/demo-post" target="_blank" rel="noreferrer">
              {words.demoPost}
            </a>
          </>
        )}
      </p>
    </main>
  );
}

/** The fifth page: it stands. */
export function Booked({ shown: { booking }, words, language }: MainProps<'booked'>) {
  return (
    <main id="booked">
      <StepTitle words={words} step={5} title={words.bookedTitle} />
      <Code booking={booking} words={words} language={language} />
      <Summary booking={booking} words={words} language={language} />
      <ul className="actions">
        <li>
          <a className="button" href="/my-booking/appointment.ics">
            {words.toCalendar}
          </a>
        </li>
        <li>
          <a className="button" href="/my-booking/show">
            {words.toMyBooking}
          </a>
        </li>
      </ul>
    </main>
  );
}

function Code({ booking: { code }, words }: BookingProps) {
  return (
    <div className="state">
      <p>{words.yourCode}</p>
      <p className="window">
        {code.slice(0, 4)} {code.slice(4)}
      </p>
      <p className="quiet">{words.codeUse}</p>
    </div>
  );
}

/** One's own booking, by its code and contact. */
export function Find({ shown: { code, contact, problem }, words }: MainProps<'find'>) {
  const described = problem === null ? undefined : 'problem';
  return (
    <main id="find">
      <h1>{words.findTitle}</h1>
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
        <label htmlFor="contact">{words.contactLabel}</label>
        <input
          id="contact"
          name="contact"
          defaultValue={contact}
          maxLength={254}
          autoComplete="email"
          aria-describedby={described}
        />
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
      {isComing && <Code booking={booking} words={words} language={language} />}
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

/** Everything that whoever is signed in has booked. */
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
