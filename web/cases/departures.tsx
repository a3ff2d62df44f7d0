import type { ReplyOf } from '../shared/client.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, together, useChange, useQuery } from '../shared/query.ts';
import { Problem } from '../shared/problem.tsx';
import { messages } from './messages/index.ts';
import { localeOf } from '../shared/locale.ts';

type Departure = ReplyOf<'GET /api/centres/:centreId/courier-departures'>[number];

const ASK_EVERY_MS = 300_000;
/** With another courier the day changes by which a paper has to leave. */
const CHANGED = ['GET /api/centres/:centreId/courier-departures', 'GET /api/centres/:centreId/papers'] as const;
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
/** A Monday: from it the names of the days of the week are taken. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** When couriers leave, agency by agency; what is sealed later goes with the next one. */
export function Departures({ centreId }: { readonly centreId: number }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const params = { centreId };
  const known = together({
    departures: useQuery('GET /api/centres/:centreId/courier-departures', { params }, ASK_EVERY_MS),
    agencies: useQuery('GET /api/agencies', {}, ASK_EVERY_MS),
  });
  const change = useChange('PUT /api/centres/:centreId/courier-departures', CHANGED);
  const { departures: all = [], agencies = [] } = known.data ?? {};
  const nameOf = (id: string) => agencies.find(({ agencyId }) => agencyId === id)?.name[language] ?? '…';
  const dayName = (weekday: number) =>
    new Intl.DateTimeFormat(localeOf(language), { weekday: 'short', timeZone: 'UTC' }).format(
      MONDAY + (weekday - 1) * DAY_MS,
    );
  const write = (list: readonly Departure[]) => change.run({ params, body: { departures: [...list] } });
  const rows = Map.groupBy(all, ({ agencyId, leavesAt }) => `${agencyId} ${leavesAt}`);
  return (
    <details>
      <summary>{words.departures}</summary>
      <QueryState of={known} />
      <ul>
        {Array.from(rows, ([key, own]) => (
          <li key={key}>
            {nameOf(own[0]?.agencyId ?? '')}, {own[0]?.leavesAt}:{' '}
            {own.map(({ weekday }) => dayName(weekday)).join(', ')}{' '}
            <button type="button" onClick={() => write(all.filter((one) => !own.includes(one)))}>
              {words.removeDeparture}
            </button>
          </li>
        ))}
      </ul>
      {known.data !== null && (
        // The list is written whole: nothing is added to one that is not known.
        <AddDeparture agencies={agencies} dayName={dayName} add={(added) => write([...all, ...added])} />
      )}
      <Problem text={change.problem} />
    </details>
  );
}

interface AddProps {
  readonly agencies: ReplyOf<'GET /api/agencies'>;
  readonly dayName: (weekday: number) => string;
  readonly add: (departures: readonly Departure[]) => void;
}

/** One hour at which a courier leaves for an agency, on the days that are ticked. */
function AddDeparture({ agencies, dayName, add }: AddProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  return (
    <form
      className="form"
      aria-label={words.addDeparture}
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const [agencyId, leavesAt] = [String(form.get('agency')), String(form.get('leaves'))];
        const days = form.getAll('weekday').map(Number);
        add(days.map((weekday) => ({ agencyId, weekday, leavesAt })));
      }}
    >
      <label>
        <span>{words.agency}</span>
        <select name="agency" required defaultValue="">
          <option value="">—</option>
          {agencies.map(({ agencyId, name }) => (
            <option key={agencyId} value={agencyId}>
              {name[language]}
            </option>
          ))}
        </select>
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
  );
}
