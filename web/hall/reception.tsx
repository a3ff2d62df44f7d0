import { useEffect, useState } from 'react';
import type { Ticket } from '../../contract/queue.ts';
import type { ServiceId } from '../../core/queue/ids.ts';
import { call } from '../shared/client.ts';
import { wallTime } from '../shared/clock.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { Qr } from '../shared/qr.tsx';
import { nameOfService, servicesByName } from '../shared/services.ts';
import { Stepper } from '../shared/ui/stepper.tsx';
import type { HallProps } from './hall-props.ts';
import { messages } from './messages/index.ts';
import { Problem } from '../shared/problem.tsx';
import { site } from '../shared/origins.ts';

/** Reception gives tickets to whom a kiosk is no help, in large print (18 pt) where it is wanted. */
export function Reception({ centre, hall }: HallProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [serviceId, setServiceId] = useState<ServiceId>('');
  const [persons, setPersons] = useState(1);
  const [byLaw, setByLaw] = useState('');
  const [large, setLarge] = useState(true);
  const [given, setGiven] = useState<{ ticket: Ticket; serviceId: ServiceId } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const take = () => {
    setProblem(null);
    call('POST /api/centres/:centreId/days/:day/visits', {
      params: { centreId: centre.centreId, day: hall.day },
      body: {
        commandId: crypto.randomUUID(),
        services: [{ serviceId }],
        persons,
        ...(byLaw === '' ? {} : { classLetter: byLaw }),
      },
    }).then(
      (ticket) => setGiven({ ticket, serviceId }),
      (error: Error) => setProblem(error.message),
    );
  };
  return (
    <section className="reception" aria-labelledby="reception">
      <h2 id="reception">{words.giveTicket}</h2>
      <label>
        {words.service}
        <select value={serviceId} onChange={(event) => setServiceId(event.target.value)}>
          <option value="">—</option>
          {servicesByName(centre, language).map(({ serviceId: id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Stepper label={words.persons} value={persons} min={1} max={8} change={setPersons} />
      <label>
        {words.class}
        <select value={byLaw} onChange={(event) => setByLaw(event.target.value)}>
          <option value="">{words.ordinary}</option>
          <option value="L">{words.byLawClass}</option>
        </select>
      </label>
      <label className="check">
        <input type="checkbox" checked={large} onChange={(event) => setLarge(event.target.checked)} />
        {words.large}
      </label>
      <Problem text={problem} />
      <button type="button" className="main-action" disabled={serviceId === ''} onClick={take}>
        {words.giveTicket}
      </button>
      {given !== null && <PrintedTicket key={given.ticket.visitId} centre={centre} given={given} large={large} />}
    </section>
  );
}

interface PrintedTicketProps {
  readonly centre: HallProps['centre'];
  readonly given: { readonly ticket: Ticket; readonly serviceId: ServiceId };
  readonly large: boolean;
}

/** Only this goes onto the paper. */
function PrintedTicket({ centre, given: { ticket, serviceId }, large }: PrintedTicketProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  useEffect(() => print(), []);
  return (
    <article className={large ? 'paper large' : 'paper'} role="status">
      <p>{centre.name[language]}</p>
      <p className="number">{ticket.number}</p>
      <p>{nameOfService(centre, serviceId, language)}</p>
      <p>{ticket.call === null ? words.watchBoard : words.goTo(ticket.call.windowId)}</p>
      <p>{wallTime(ticket.takenAt, centre.timeZone, language)}</p>
      <Qr text={`${site}/t#${ticket.token}`} label={words.qr} />
      <button type="button" className="screen-only" onClick={() => print()}>
        {words.printAgain}
      </button>
    </article>
  );
}
