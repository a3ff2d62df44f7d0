import type { RosterReply, RosterShift } from '../../contract/rosters.ts';
import { coverOf } from '../../core/planning/shifts.ts';
import { Chart } from '../shared/chart.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { longDay, timeOf } from './days.ts';
import { Effect } from './effect.tsx';
import { messages } from './messages/index.ts';

interface DayOfRosterProps {
  readonly centreId: number;
  readonly shown: RosterReply['days'][number];
  readonly shifts: readonly RosterShift[];
}

/** A day of the week: need against people as a drawing, and what the visitors would get of it. */
export function DayOfRoster({ centreId, shown: { day, opensMinute, need, over }, shifts }: DayOfRosterProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const cover = coverOf(
    need.length,
    shifts.filter((shift) => shift.day === day),
  );
  return (
    <>
      <Chart
        title={words.week.dayWindows(longDay(day, language))}
        unit={words.windows}
        places={need.map((_, half) => timeOf(opensMinute + half * 30))}
        series={[
          { name: words.need, kind: 'bars', values: need },
          { name: words.week.onRoster, kind: 'steps', values: cover },
        ]}
      />
      {!over && <Effect centreId={centreId} day={day} plan={cover} />}
    </>
  );
}
