import { DAYS_MAX, REST_HOURS } from '../core/planning/roster-rules.ts';
import { weekFaults, type WeekRoster } from '../core/planning/week.ts';
import { inThread } from '../server/modules/planning/index.ts';
import { readJson, readOptions, UsageError } from './options.ts';
import type { WeekProblem } from '../core/planning/week-problem.ts';

/** What may be left out of a file. */
const USUAL = { skills: [], restHours: REST_HOURS, daysMax: DAYS_MAX };
const USUAL_PERSON = { skills: [], daysOff: [], hoursMax: 40, shiftHours: [], ratherNot: [] };
const SHORTAGES_SHOWN = 20;

/** `okno plan FILE`: the shifts of a week, and where staff are short. Exit code 1 when a need cannot be met. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(args, { json: { type: 'boolean', default: false } }, 1);
  const [file] = positionals;
  if (file === undefined) throw new UsageError('name a file: okno plan FILE; docs/planning.md says what is in it');
  const problem = await readWeek(file);
  const tell = (done: number) => process.stderr.write(`\r${Math.round(100 * done)} %\u001b[K`);
  const roster = await inThread('week', problem, { progress: tell });
  process.stderr.write('\r\u001b[K');
  console.log(values.json ? JSON.stringify(roster) : inWords(problem, roster));
  return roster.shortages.length === 0 ? 0 : 1;
}

const isRecord = (one: unknown) => typeof one === 'object' && one !== null;

async function readWeek(file: string): Promise<WeekProblem> {
  const value = (await readJson(file)) as Partial<WeekProblem> | null;
  if (value === null || typeof value !== 'object')
    throw new UsageError(`${file}: must be an object with days and people`);
  for (const name of ['days', 'people', 'skills'] as const)
    if (value[name] !== undefined && !(Array.isArray(value[name]) && value[name].every(isRecord)))
      throw new UsageError(`${file}: ${name} must be a list of objects`);
  const problem = {
    ...USUAL,
    ...value,
    days: value.days ?? [],
    people: (value.people ?? []).map((person) => ({ ...USUAL_PERSON, ...person })),
  } as WeekProblem;
  const faults = weekFaults(problem);
  if (faults.length > 0) throw new UsageError(`${file}:\n  ${faults.join('\n  ')}`);
  return problem;
}

function inWords(problem: WeekProblem, { assignments, shortages, hours, wishesBroken }: WeekRoster): string {
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const opens = new Map(problem.days.map(({ day, opensMinute }) => [day, opensMinute]));
  const lines = problem.people.map(({ personId }) => {
    const own = assignments.filter((assignment) => assignment.personId === personId);
    const shifts = own.map(({ day, shift }) => {
      const from = (opens.get(day) ?? 0) + shift.start * 30;
      return `${day.slice(5)} ${clock(from)}-${clock(from + shift.hours * 60)}`;
    });
    return `  ${personId.padEnd(12)} ${String(own.reduce((sum, { shift }) => sum + shift.cost, 0)).padStart(5)} h  ${shifts.join(', ')}`;
  });
  const short = shortages
    .slice(0, SHORTAGES_SHOWN)
    .map(
      ({ day, halfHour, short: count, skill }) =>
        `  ${day} ${clock((opens.get(day) ?? 0) + halfHour * 30)}: ${count} short${skill === null ? '' : ` who know ${skill}`}`,
    );
  const more =
    shortages.length > SHORTAGES_SHOWN ? [`  … and ${shortages.length - SHORTAGES_SHOWN} more half hours`] : [];
  return [
    `${assignments.length} shifts, ${hours} hours, ${wishesBroken} wishes not kept`,
    ...lines,
    shortages.length === 0 ? 'Every half hour has enough people.' : 'The need cannot be met:',
    ...short,
    ...more,
  ].join('\n');
}
