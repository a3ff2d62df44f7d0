import type { BookingWish } from '../../../contract/site.ts';
import type { OwnBooking } from '../../../contract/booking.ts';
import type { SiteWords } from '../messages/site.ts';
import type { Language } from '../page.tsx';
import { OriginForm } from './centre-mains.tsx';
import { ContactField, dayInWords, FormProblem, shortName, stateOf, timeInWords } from './parts.tsx';
import type { MainProps } from './main-props.ts';
import { localeOf } from '../../shared/locale.ts';

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
export function Summary({ booking, words, language }: BookingProps) {
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

/** The third question: how to reach the visitor, and for a visit at home where. Nothing else is needed. */
export function Contact({ shown, words, language }: MainProps<'contact'>) {
  const { booking, typed, address, origins, problem } = shown;
  return (
    <main id="contact-page">
      <StepTitle words={words} step={3} title={words.contactTitle} />
      <FormProblem problem={problem} field="contact" />
      <Held booking={booking} words={words} language={language} />
      <form method="post" action="/book/contact" className="question" noValidate>
        {booking.atHome && (
          <>
            <label htmlFor="address">{words.homeAddress}</label>
            <p className="quiet" id="address-hint">
              {words.homeAddressHint}
            </p>
            <input
              id="address"
              name="address"
              autoComplete="street-address"
              defaultValue={address}
              maxLength={300}
              aria-describedby="address-hint"
            />
            <label htmlFor="from">{words.district}</label>
            <select id="from" name="from" defaultValue={booking.centreId}>
              {origins.map(({ centreId, name }) => (
                <option key={centreId} value={centreId}>
                  {name[language]}
                </option>
              ))}
            </select>
          </>
        )}
        <p className="quiet" id="contact-hint">
          {words.contactHint}
        </p>
        <ContactField
          words={words}
          value={typed}
          describedBy={problem === null ? 'contact-hint' : 'problem contact-hint'}
          isWrong={problem !== null}
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
  const time = new Intl.DateTimeFormat(localeOf(language), { timeZone, hour: '2-digit', minute: '2-digit' }).format(
    heldUntil,
  );
  return <p className="hint">{words.heldUntil(time)}</p>;
}

/** The fourth page: the answers, and the code that proves the contact. */
export function Check({ shown: { booking, sentTo, typed, problem, isDemo }, words, language }: MainProps<'check'>) {
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
        {sentTo !== null && (
          <p>
            {words.codeSentTo(sentTo)} <a href="/book/contact">{words.otherAddress}</a>
          </p>
        )}
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
          defaultValue={typed}
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

/** The fifth page: the confirmed booking. */
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

/** What the visitor says at a kiosk. */
export function Code({ booking: { code }, words }: BookingProps) {
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
