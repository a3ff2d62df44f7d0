import { useState } from 'react';
import type { ColleagueReply, RosterReply, RosterShift } from '../../contract/rosters.ts';
import { type RosterFault, rosterFaults } from '../../core/planning/roster-rules.ts';
import { rosterOf, weekProblem, type WeekRoster } from '../../core/planning/week.ts';
import type { Assignment, WeekProblem } from '../../core/planning/week-problem.ts';

type Day = RosterShift['day'];
/** A shift without whose and when. */
type Hours = Pick<RosterShift, 'start' | 'hours' | 'slots'>;
export type Mark = 'off' | 'rather-not' | null;
export type Terms = Pick<ColleagueReply, 'weekHours' | 'shiftHours' | 'groupIds'>;

/** A week while its head is changing it: what would be kept, and what is wrong with it. */
export interface WeekDraft {
  readonly version: number;
  readonly shifts: readonly RosterShift[];
  /** The terms of all specialists; null for a reader without the right to change. */
  readonly colleagues: readonly ColleagueReply[] | null;
  /** What is to be decided: the days to come, and who may work on them. */
  readonly problem: WeekProblem;
  readonly assignments: readonly Assignment[];
  readonly came: WeekRoster;
  readonly faults: readonly RosterFault[];
  readonly isChanged: boolean;
  /** The shifts of the days to come. */
  readonly open: readonly RosterShift[];
  putShift(accountId: string, day: Day, shift: Hours | null): void;
  putOpen(open: readonly RosterShift[]): void;
  putMark(accountId: string, day: Day, mark: Mark): void;
  putTerms(accountId: string, terms: Terms): void;
  /** The current draft is the saved state. */
  kept(version: number): void;
  undo(): void;
}

export function useWeekDraft(roster: RosterReply, terms: readonly ColleagueReply[] | null): WeekDraft {
  const [base, setBase] = useState({ version: roster.version, shifts: roster.shifts as readonly RosterShift[] });
  const [shifts, setShifts] = useState(base.shifts);
  const [colleagues, setColleagues] = useState(terms);
  const people = (colleagues ?? []).map(({ accountId, ...rest }) => ({ personId: accountId, ...rest }));
  const problem = weekProblem(roster.days, people, roster.groupIds);
  const isOpen = ({ day }: RosterShift) => problem.days.some((one) => one.day === day);
  // A specialist who no longer works at windows here loses the future shifts, as long as that is so.
  const mayWork = ({ accountId }: RosterShift) => problem.people.some(({ personId }) => personId === accountId);
  const possible = colleagues === null ? shifts : shifts.filter((shift) => !isOpen(shift) || mayWork(shift));
  const open = possible.filter(isOpen);
  const assignments = open.map(asAssignment);
  const change = (accountId: string, next: (one: ColleagueReply) => ColleagueReply) =>
    setColleagues((all) => all?.map((one) => (one.accountId === accountId ? next(one) : one)) ?? null);
  return {
    version: base.version,
    shifts: possible,
    colleagues,
    problem,
    assignments,
    came: rosterOf(problem, assignments),
    faults: rosterFaults(problem, assignments),
    isChanged: shifts !== base.shifts || possible.length < shifts.length,
    open,
    putShift: (accountId, day, shift) => {
      const others = shifts.filter((one) => one.accountId !== accountId || one.day !== day);
      setShifts(shift === null ? others : [...others, { accountId, day, ...shift }]);
    },
    putOpen: (next) => setShifts([...shifts.filter((shift) => !isOpen(shift)), ...next]),
    putMark: (accountId, day, mark) => change(accountId, (one) => withMark(one, day, mark)),
    putTerms: (accountId, next) => change(accountId, (one) => ({ ...one, ...next })),
    kept: (version) => {
      setBase({ version, shifts: possible });
      // What was changed while it was being kept is still to be kept.
      setShifts((now) => (now === shifts ? possible : now));
    },
    undo: () => setShifts(base.shifts),
  };
}

function asAssignment({ accountId, day, start, hours, slots }: RosterShift): Assignment {
  return { personId: accountId, day, shift: { start, hours, slots, cost: slots.length / 2 } };
}

/** The mark of a specialist's day. */
export function markOf({ daysOff, ratherNot }: Pick<ColleagueReply, 'daysOff' | 'ratherNot'>, day: Day): Mark {
  if (daysOff.includes(day)) return 'off';
  return ratherNot.includes(day) ? 'rather-not' : null;
}

function withMark(one: ColleagueReply, day: Day, mark: Mark): ColleagueReply {
  const daysOf = (days: readonly Day[], wanted: Mark) => [
    ...days.filter((other) => other !== day),
    ...(mark === wanted ? [day] : []),
  ];
  return { ...one, daysOff: daysOf(one.daysOff, 'off'), ratherNot: daysOf(one.ratherNot, 'rather-not') };
}
