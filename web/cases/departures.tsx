import { useState } from 'react';
import { type ReplyOf, useAsked } from '../shared/answers.ts';
import { call } from '../shared/client.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';

type Departure = ReplyOf<'GET /api/centres/:centreId/courier-departures'>[number];

const ASK_EVERY_MS = 300_000;
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
/** A Monday: from it the names of the days of the week are taken. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

interface DeparturesProps {
  readonly centreId: number;
  readonly changed: () => void;
}

/** When couriers leave, agency by agency; what is sealed later goes with the next one. */
export function Departures({ centreId, changed }: DeparturesProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [problem, setProblem] = useState<string | null>(null);
  const params = { centreId };
  const [departures, again] = useAsked('GET /api/centres/:centreId/courier-departures', { params }, ASK_EVERY_MS);
  const dayName = (weekday: number) =>
    new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(MONDAY + (weekday - 1) * DAY_MS);
  const write = (list: readonly Departure[]) => {
    setProblem(null);
    call('PUT /api/centres/:centreId/courier-departures', { params, body: { departures: [...list] } }).then(
      () => {
        again();
        changed();
      },
      (error: Error) => setProblem(error.message),
    );
  };
  const all = departures ?? [];
  const rows = Map.groupBy(all, ({ agencyId, leavesAt }) => `${agencyId} ${leavesAt}`);
  return (
    <details>
      <summary>{words.departures}</summary>
      <ul>
        {Array.from(rows, ([key, own]) => (
          <li key={key}>
            {key}: {own.map(({ weekday }) => dayName(weekday)).join(', ')}{' '}
            <button type="button" onClick={() => write(all.filter((one) => !own.includes(one)))}>
              {words.removeDeparture}
            </button>
          </li>
        ))}
      </ul>
      <form
        className="form"
        aria-label={words.addDeparture}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const [agencyId, leavesAt] = [String(form.get('agency')).trim(), String(form.get('leaves'))];
          const days = form.getAll('weekday').map(Number);
          write([...all, ...days.map((weekday) => ({ agencyId, weekday, leavesAt }))]);
        }}
      >
        <label>
          <span>{words.agency}</span>
          <input name="agency" required pattern="[a-z0-9\-]+" autoComplete="off" />
        </label>
        <label>
          <span>{words.leavesAt}</span>
          <input name="leaves" type="time" required />
        </label>
        <fieldset className="weekdays">
          <legend>{words.weekdays}</legend>
          {WEEKDAYS.map((weekday) => (
            <label key={weekday}>
              <input type="checkbox" name="weekday" value={weekday} defaultChecked={weekday <= 5} /> {dayName(weekday)}
            </label>
          ))}
        </fieldset>
        <button type="submit">{words.addDeparture}</button>
      </form>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </details>
  );
}
