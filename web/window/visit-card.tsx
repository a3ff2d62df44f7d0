import type { Centre } from '../../contract/network.ts';
import type { VisitReply } from '../../contract/queue.ts';
import { wallTime } from '../shared/clock.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { nameOfService } from '../shared/services.ts';
import { onClock } from '../shared/spans.ts';
import { messages } from './messages/index.ts';
import { paths } from '../shared/paths.ts';

interface VisitCardProps {
  readonly centre: Centre;
  readonly day: string;
  readonly windowId: number;
  readonly visit: VisitReply;
}

/** The visit: the visitor, the services still wanted, and those done. */
export function VisitCard({ centre, day, windowId, visit }: VisitCardProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [current, ...more] = visit.wishes;
  const done = visit.steps.filter(({ endedAt }) => endedAt !== null);
  return (
    <section className="card" aria-labelledby="visit">
      <h2 id="visit">{words.visit}</h2>
      <ul className="facts">
        <li>{words.waited(onClock(visit.waitMs))}</li>
        {visit.persons > 1 && <li>{words.persons(visit.persons)}</li>}
        {visit.classLetter !== 'O' && <li>{words.byLaw}</li>}
        {visit.language !== 'ru' && <li>{words.speaks(visit.language)}</li>}
        {visit.slot !== null && <li>{words.appointment(wallTime(visit.slot, centre.timeZone, language))}</li>}
        {visit.promiseBroken && <li>{words.voucher(visit.drink !== null)}</li>}
      </ul>
      {visit.state === 'serving' && (
        <p>
          <a
            href={paths.casesOfVisit(centre.centreId, { day, visit: visit.visitId, window: windowId })}
            target="_blank"
            rel="noreferrer"
          >
            {words.application}
          </a>
        </p>
      )}
      <h3>{words.wanted}</h3>
      <ol>
        {current !== undefined && (
          <li>
            <strong>{nameOfService(centre, current.serviceId, language)}</strong>
            {current.quantity > 1 && ` × ${current.quantity}`}
          </li>
        )}
        {more.map(({ serviceId, quantity, windowId: wanted }) => (
          <li key={`${serviceId}/${quantity}/${wanted}`}>
            {nameOfService(centre, serviceId, language)}
            {quantity > 1 && ` × ${quantity}`}
          </li>
        ))}
      </ol>
      {done.length > 0 && (
        <>
          <h3>{words.history}</h3>
          <ol>
            {done.map(({ serviceId, windowId: at, calledAt, outcome }) => (
              <li key={`${at}@${calledAt}`}>
                {wallTime(calledAt, centre.timeZone, language)}, {words.window(at)}:{' '}
                {nameOfService(centre, serviceId, language)}
                {outcome !== null && ` — ${words.outcomes[outcome as keyof typeof words.outcomes] ?? outcome}`}
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
