import type { RosterReply } from '../../contract/rosters.ts';
import type { Shortage } from '../../core/planning/week.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { shortDay, timeOf } from './days.ts';
import { messages } from './messages/index.ts';
import type { WeekDraft } from './week-draft.ts';

const SHOWN = 20;

interface WeekSumsProps {
  readonly roster: RosterReply;
  readonly draft: WeekDraft;
  readonly groups: ReadonlyMap<string, string>;
}

/** What a roster costs and where it does not reach, in words. */
export function WeekSums({ roster, draft: { came, faults }, groups }: WeekSumsProps) {
  const { week: words } = useMessages(messages);
  const { language } = useLanguage();
  const hours = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(came.hours);
  const people = came.shortages.filter(({ skill }) => skill === null);
  const unskilled = came.shortages.length - people.length;
  return (
    <section aria-label={words.shortages}>
      <p role="status">
        {words.sum(came.assignments.length, hours)} {words.shortHours(people.length)}{' '}
        {unskilled > 0 && words.unskilled(unskilled)} {came.wishesBroken > 0 && words.wishes(came.wishesBroken)}{' '}
        {faults.length > 0 && <strong>{words.faults(faults.length)}</strong>}
      </p>
      {came.shortages.length > 0 && (
        <details>
          <summary>{words.shortages}</summary>
          <ul>
            {came.shortages.slice(0, SHOWN).map((shortage) => (
              <li key={`${shortage.day} ${shortage.halfHour} ${shortage.skill}`}>
                <Where shortage={shortage} roster={roster} groups={groups} />
              </li>
            ))}
          </ul>
          {came.shortages.length > SHOWN && <p>{words.more(came.shortages.length - SHOWN)}</p>}
        </details>
      )}
    </section>
  );
}

interface WhereProps {
  readonly shortage: Shortage;
  readonly roster: RosterReply;
  readonly groups: ReadonlyMap<string, string>;
}

function Where({ shortage: { day, halfHour, short, skill }, roster, groups }: WhereProps) {
  const { week: words } = useMessages(messages);
  const { language } = useLanguage();
  const opens = roster.days.find((one) => one.day === day)?.opensMinute ?? 0;
  const [on, at] = [shortDay(day, language), timeOf(opens + halfHour * 30)];
  return <>{skill === null ? words.shortage(on, at, short) : words.shortageOf(on, at, groups.get(skill) ?? skill)}</>;
}
