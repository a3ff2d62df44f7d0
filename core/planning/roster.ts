/** A shift that may be worked: which slots it covers, and what one person in it costs. */
export interface RosterShift {
  readonly slots: readonly number[];
  readonly cost: number;
}

/** Given the number of people needed in each slot, which shifts meet it at the least cost? */
export interface RosterProblem {
  readonly need: readonly number[];
  /** The slots go round: after the last comes the first again, and a shift may run over the end. */
  readonly cyclic?: boolean;
  readonly shifts: readonly RosterShift[];
}

export interface Roster {
  readonly cost: number;
  /** No roster, not even one with halves of people, is cheaper. */
  readonly lowerBound: number;
  /** How many people in each shift. */
  readonly counts: readonly number[];
}

const SLOTS_MAX = 10_000;
const SHIFTS_MAX = 20_000;
const NEED_MAX = 10_000;

/** Reads a problem from whatever a file says. Gives it, or what is wrong with it, field by field. */
export function readRosterProblem(value: unknown): RosterProblem | { readonly faults: readonly string[] } {
  const faults: string[] = [];
  const {
    need,
    shifts,
    cyclic = false,
    ...rest
  } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Record<keyof RosterProblem, unknown>>;
  for (const name of Object.keys(rest)) faults.push(`${name}: there is no such field`);
  if (typeof cyclic !== 'boolean') faults.push('cyclic: must be true or false');
  if (!Array.isArray(need) || need.length === 0 || need.length > SLOTS_MAX) {
    faults.push(`need: must be a list of 1 to ${SLOTS_MAX} whole numbers`);
  } else {
    need.forEach((people, slot) => {
      if (!isWhole(people, 0, NEED_MAX)) faults.push(`need[${slot}]: must be a whole number from 0 to ${NEED_MAX}`);
    });
  }
  if (!Array.isArray(shifts) || shifts.length === 0 || shifts.length > SHIFTS_MAX) {
    faults.push(`shifts: must be a list of 1 to ${SHIFTS_MAX} shifts`);
  } else {
    const slotsMax = Array.isArray(need) ? need.length : 0;
    shifts.forEach((shift, index) => faults.push(...shiftFaults(shift, `shifts[${index}]`, slotsMax, cyclic === true)));
  }
  if (faults.length > 0) return { faults };
  const problem = { need, shifts, cyclic } as RosterProblem;
  const bare = uncovered(problem);
  if (bare.length === 0) return problem;
  return {
    faults: bare.map((slot) => `need[${slot}]: ${problem.need[slot]} are needed, and no shift covers this slot`),
  };
}

function shiftFaults(shift: unknown, where: string, slotsMax: number, cyclic: boolean): string[] {
  const { slots, cost } = (typeof shift === 'object' && shift !== null ? shift : {}) as Partial<RosterShift>;
  const faults: string[] = [];
  if (typeof cost !== 'number' || !(cost >= 0 && cost <= 1e9))
    faults.push(`${where}.cost: must be a number from 0 to 1e9`);
  if (!Array.isArray(slots) || slots.length === 0) return [...faults, `${where}.slots: must be a list of slots`];
  const last = cyclic ? 2 * slotsMax - 1 : slotsMax - 1;
  if (!slots.every((slot) => isWhole(slot, 0, last)))
    faults.push(`${where}.slots: must be whole numbers from 0 to ${last}`);
  else if (new Set(slots.map((slot) => slot % slotsMax)).size < slots.length)
    faults.push(`${where}.slots: one slot twice`);
  return faults;
}

function isWhole(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}

function uncovered({ need, shifts }: RosterProblem): number[] {
  const covered = new Set(shifts.flatMap(({ slots }) => slots.map((slot) => slot % need.length)));
  return need.flatMap((people, slot) => (people > 0 && !covered.has(slot) ? [slot] : []));
}

/**
 * The problem as a model in the LP format (Dantzig 1954: set covering with whole people): least Σ cost x, Σ of the shifts over
 * each slot ≥ its need. `whole` false: halves of people are allowed, which gives the lower bound.
 */
export function rosterModel({ need, shifts }: RosterProblem, whole: boolean): string {
  const rows: string[][] = need.map(() => []);
  shifts.forEach(({ slots }, index) => {
    for (const slot of slots) rows[slot % need.length]?.push(`x${index}`);
  });
  const constraints = rows.flatMap((names, slot) =>
    names.length === 0 ? [] : [` s${slot}: ${names.join(' + ')} >= ${need[slot]}`],
  );
  const names = shifts.map((_, index) => `x${index}`);
  return [
    'Minimize',
    ` cost: ${shifts.map(({ cost }, index) => `${cost} x${index}`).join(' + ')}`,
    'Subject To',
    ...constraints,
    ...(whole ? ['General', ` ${names.join(' ')}`] : []),
    'End',
    '',
  ].join('\n');
}
