import { useState } from 'react';
import type { VisitReply } from '../../contract/queue.ts';
import { ORDINARY } from '../../core/queue/configuration.ts';
import { call } from '../shared/client.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, useQuery } from '../shared/query.ts';
import { Problem } from '../shared/problem.tsx';
import { nameOfService, servicesByName } from '../shared/services.ts';
import { Dialog } from '../shared/ui/dialog.tsx';
import { Stepper } from '../shared/ui/stepper.tsx';
import type { HallProps } from './hall-props.ts';
import { messages } from './messages/index.ts';

const ASK_EVERY_MS = 15_000;
const BY_LAW = 'L';

interface ChangeVisitProps extends Pick<HallProps, 'centre' | 'hall'> {
  readonly visitId: string;
  readonly number: string;
  readonly close: () => void;
}

/** Another service, class or number of people for a waiting visitor: the number and the place stay. */
export function ChangeVisit({ centre, hall, visitId, number, close }: ChangeVisitProps) {
  const words = useMessages(messages);
  const params = { centreId: centre.centreId, day: hall.day, visitId };
  const visit = useQuery('GET /api/centres/:centreId/days/:day/visits/:visitId', { params }, ASK_EVERY_MS);
  return (
    <Dialog title={words.changeTitle(number)} open close={close}>
      <p>{words.changeHelp}</p>
      <QueryState of={visit} />
      {visit.data !== null && <ChangeForm centre={centre} hall={hall} visit={visit.data} close={close} />}
    </Dialog>
  );
}

type ChangeFormProps = Pick<ChangeVisitProps, 'centre' | 'hall' | 'close'> & { readonly visit: VisitReply };

function ChangeForm({ centre, hall, visit, close }: ChangeFormProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [wanted, setWanted] = useState(
    visit.wishes.map(({ serviceId, quantity }, place) => ({ serviceId, quantity, place })),
  );
  const [persons, setPersons] = useState(visit.persons);
  const [classLetter, setClassLetter] = useState(visit.classLetter);
  const [problem, setProblem] = useState<string | null>(null);
  const isOther = wanted.some(({ serviceId, place }) => serviceId !== visit.wishes[place]?.serviceId);
  const given = servicesByName(centre, language);
  const letters = [...new Set([BY_LAW, visit.classLetter])].filter((letter) => letter !== ORDINARY);
  const save = () => {
    setProblem(null);
    call('POST /api/centres/:centreId/days/:day/visits/:visitId/change', {
      params: { centreId: centre.centreId, day: hall.day, visitId: visit.visitId },
      body: {
        commandId: crypto.randomUUID(),
        persons,
        classLetter,
        ...(isOther ? { services: wanted.map(({ serviceId, quantity }) => ({ serviceId, quantity })) } : {}),
      },
    }).then(close, (error: Error) => setProblem(error.message));
  };
  return (
    <div className="reception">
      {wanted.map(({ serviceId, place }) => (
        <label key={place}>
          {wanted.length === 1 ? words.service : words.serviceOf(place + 1)}
          <select
            value={serviceId}
            onChange={(event) =>
              setWanted(wanted.map((one) => (one.place === place ? { ...one, serviceId: event.target.value } : one)))
            }
          >
            {given.every((one) => one.serviceId !== serviceId) && (
              <option value={serviceId}>{nameOfService(centre, serviceId, language)}</option>
            )}
            {given.map((one) => (
              <option key={one.serviceId} value={one.serviceId}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      ))}
      <Stepper label={words.persons} value={persons} min={1} max={8} change={setPersons} />
      <label>
        {words.class}
        <select value={classLetter} onChange={(event) => setClassLetter(event.target.value)}>
          <option value={ORDINARY}>{words.ordinary}</option>
          {letters.map((letter) => (
            <option key={letter} value={letter}>
              {letter === BY_LAW ? words.byLawClass : `${words.byLawClass} (${letter})`}
            </option>
          ))}
        </select>
      </label>
      <Problem text={problem} />
      <div className="dialog-actions">
        <button type="button" onClick={close}>
          {words.close}
        </button>
        <button type="button" className="main-action" onClick={save}>
          {words.changeSave}
        </button>
      </div>
    </div>
  );
}

/** A visitor comes to the desk with a ticket for something other than they need. */
export function ChangeByNumber({ centre, hall }: Pick<HallProps, 'centre' | 'hall'>) {
  const words = useMessages(messages);
  const [number, setNumber] = useState('');
  const [found, setFound] = useState<{ readonly visitId: string; readonly number: string } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const find = () => {
    setProblem(null);
    call('GET /api/centres/:centreId/numbers/:number', {
      params: { centreId: centre.centreId, number: number.trim() },
    }).then(setFound, (error: Error) => setProblem(error.message));
  };
  return (
    <section className="reception" aria-labelledby="change-ticket">
      <h2 id="change-ticket">{words.changeTicket}</h2>
      <label>
        {words.number}
        <input value={number} maxLength={8} autoComplete="off" onChange={(event) => setNumber(event.target.value)} />
      </label>
      <Problem text={problem} />
      <button type="button" disabled={number.trim().length < 2} onClick={find}>
        {words.changeFind}
      </button>
      {found !== null && <ChangeVisit centre={centre} hall={hall} {...found} close={() => setFound(null)} />}
    </section>
  );
}
