import type { ColleagueReply, RosterReply, RosterShift } from '../../contract/rosters.ts';
import type { RosterFault } from '../../core/planning/roster-rules.ts';
import { coverOf } from '../../core/planning/shifts.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { daysAfter, longDay, shortDay, timeOf } from './days.ts';
import { messages } from './messages/index.ts';
import { markOf, type WeekDraft } from './week-draft.ts';

type Day = RosterReply['days'][number];

interface WeekTableProps {
  readonly roster: RosterReply;
  readonly draft: WeekDraft;
  /** The day that is looked at below. */
  readonly chosen: RosterShift['day'] | null;
  readonly choose: (day: RosterShift['day']) => void;
  /** A specialist's day, or (null) their terms. */
  readonly touch: (accountId: string, day: RosterShift['day'] | null) => void;
}

/** People down, days across; over each day whether its people are enough. */
export function WeekTable({ roster, draft, chosen, choose, touch }: WeekTableProps) {
  const { week: words } = useMessages(messages);
  const { language } = useLanguage();
  const [first, last] = [roster.monday, daysAfter(roster.monday, 6)].map((day) => shortDay(day, language));
  const caption = `${words.title}: ${first} – ${last}`;
  return (
    <div className="scrolled" tabIndex={0} role="region" aria-label={caption}>
      <table className="roster">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.people}</th>
            {roster.days.map((day) => (
              <th key={day.day} scope="col">
                <button type="button" aria-pressed={day.day === chosen} onClick={() => choose(day.day)}>
                  {shortDay(day.day, language)}
                </button>
                <Enough day={day} shifts={draft.shifts} />
              </th>
            ))}
            <th scope="col">{words.hours}</th>
          </tr>
        </thead>
        <tbody>
          {roster.people.map((person) => (
            <PersonRow key={person.accountId} person={person} roster={roster} draft={draft} touch={touch} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How many people the worst half hour of a day is short of. */
function Enough({ day: { day, need }, shifts }: { readonly day: Day; readonly shifts: readonly RosterShift[] }) {
  const { week: words } = useMessages(messages);
  const cover = coverOf(
    need.length,
    shifts.filter((shift) => shift.day === day),
  );
  const short = Math.max(0, ...need.map((wanted, half) => wanted - (cover[half] ?? 0)));
  return <span className={short > 0 ? 'short' : 'quiet'}>{short > 0 ? words.shortBy(short) : words.enough}</span>;
}

interface PersonRowProps extends Pick<WeekTableProps, 'roster' | 'draft' | 'touch'> {
  readonly person: RosterReply['people'][number];
}

function PersonRow({ person: { accountId, name }, roster, draft, touch }: PersonRowProps) {
  const colleague = draft.colleagues?.find((one) => one.accountId === accountId) ?? null;
  const own = draft.shifts.filter((shift) => shift.accountId === accountId);
  const faults = draft.faults.filter(({ personId }) => personId === accountId);
  return (
    <tr>
      <th scope="row">
        {colleague === null ? (
          name
        ) : (
          <button type="button" className="link" onClick={() => touch(accountId, null)}>
            {name}
          </button>
        )}
      </th>
      {roster.days.map((day) => (
        <td key={day.day}>
          <DayCell
            name={name}
            day={day}
            shift={own.find((shift) => shift.day === day.day)}
            colleague={colleague}
            touch={() => touch(accountId, day.day)}
          />
          <Faults faults={faults.filter((fault) => fault.day === day.day)} />
        </td>
      ))}
      <td>
        <span>
          <WeekHours own={own} colleague={colleague} />
        </span>
        <Faults faults={faults.filter(({ day }) => day === null)} />
      </td>
    </tr>
  );
}

interface DayCellProps {
  readonly name: string;
  readonly day: Day;
  readonly shift: RosterShift | undefined;
  readonly colleague: ColleagueReply | null;
  readonly touch: () => void;
}

/** A specialist's day: the hours, or why there are none. Days past are only read. */
function DayCell({ name, day: { day, opensMinute, over }, shift, colleague, touch }: DayCellProps) {
  const { week: words } = useMessages(messages);
  const { language } = useLanguage();
  const mark = colleague === null ? null : markOf(colleague, day);
  const from = opensMinute + (shift?.start ?? 0) * 30;
  const hours = shift && `${timeOf(from)}–${timeOf(from + shift.hours * 60)}`;
  const text = hours ?? (mark === null ? words.free : words.marks[mark]);
  const look = hours === undefined ? 'free' : 'works';
  if (over || colleague === null || colleague.weekHours === 0) return <span className={look}>{text}</span>;
  return (
    <>
      <button type="button" className={look} aria-label={`${name}, ${longDay(day, language)}: ${text}`} onClick={touch}>
        {text}
      </button>
      {hours !== undefined && mark === 'rather-not' && <span className="quiet">{words.marks[mark]}</span>}
    </>
  );
}

interface WeekHoursProps {
  readonly own: readonly RosterShift[];
  readonly colleague: ColleagueReply | null;
}

/** Paid hours of the week against the contract; those in other centres count. */
function WeekHours({ own, colleague }: WeekHoursProps) {
  const { week: words } = useMessages(messages);
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const here = own.reduce((sum, { slots }) => sum + slots.length / 2, 0);
  if (colleague === null) return <>{number.format(here)}</>;
  if (colleague.weekHours === 0) return <span className="quiet">{words.offRoster}</span>;
  const isHere = (day: RosterShift['day']) => own.some((shift) => shift.day === day);
  const elsewhere = colleague.standing.reduce(
    (sum, { day, weekHours }) => sum + (isHere(day) ? 0 : (weekHours ?? 0)),
    0,
  );
  return <>{words.hoursOf(number.format(here + elsewhere), number.format(colleague.weekHours))}</>;
}

function Faults({ faults }: { readonly faults: readonly RosterFault[] }) {
  const { week: words } = useMessages(messages);
  return faults.map(({ rule }) => (
    <span key={rule} className="short">
      {words.rules[rule]}
    </span>
  ));
}
