import { erlangA, erlangB, erlangC, leastWindows, meanWaitMinutes, shareWaitingOver } from '../core/planning/erlang.ts';
import { halfinWhittBeta, halfinWhittWait, squareRootRule, windowsByBreachPrice } from '../core/planning/staffing.ts';
import { after, exactly, isa, offeredLoad, summary } from '../core/planning/transient.ts';
import { expectedCallMinutes, overbook, reserveWindows, waitAhead } from '../core/planning/waiting.ts';
import { estimatesAt, fixedQueueRatio } from '../core/planning/estimators.ts';
import { readOptions, UsageError } from './options.ts';
import { rosterOfFile } from './roster-file.ts';

/** One option of a calculation: a number within bounds, or a list of them. */
interface CalcOption {
  readonly says: string;
  readonly min: number;
  readonly max: number;
  readonly whole?: true;
  readonly list?: true;
  /** Absent: the option must be given. */
  readonly otherwise?: number;
}

type Values = Readonly<Record<string, number>> & { readonly lists: Readonly<Record<string, readonly number[]>> };

interface Calculation {
  readonly says: string;
  readonly options: Readonly<Record<string, CalcOption>>;
  readonly run: (values: Values) => object;
}

/** The one calculation that reads a file instead of options. */
const ROSTER = 'roster';

const minutes = (says: string): CalcOption => ({ says, min: 1e-6, max: 1440 });
const perHour: CalcOption = { says: 'visitors an hour', min: 1e-6, max: 100_000 };
const serviceMin = minutes('mean service in minutes');
const windows: CalcOption = { says: 'windows', min: 1, max: 10_000, whole: true };
const overMin: CalcOption = { ...minutes('the limit of the wait'), min: 0, otherwise: 15 };
const cs2: CalcOption = { says: 'squared variation of the service, 1 is exponential', min: 0, max: 100, otherwise: 1 };
const share = (says: string): CalcOption => ({ says, min: 1e-9, max: 1 });
const count = (says: string): CalcOption => ({ says, min: 0, max: 100_000, whole: true });
const halfHours: CalcOption = {
  says: 'visitors an hour in each half hour, with commas',
  min: 0,
  max: 100_000,
  list: true,
};

const load = (values: Values) => (at(values, 'per-hour') / 60) * at(values, 'service-min');
const at = (values: Values, name: string): number => values[name] as number;

/** Every calculation of `okno calc`: its options and the function of core/planning that it prints. */
const calculations: Readonly<Record<string, Calculation>> = {
  'erlang-c': {
    says: 'waits in a hall with Poisson arrivals',
    options: { 'per-hour': perHour, 'service-min': serviceMin, windows, 'over-min': overMin, cs2 },
    run: (values) => {
      const hall = {
        load: load(values),
        windows: at(values, 'windows'),
        serviceMinutes: at(values, 'service-min'),
        cs2: at(values, 'cs2'),
      };
      return {
        erlangB: erlangB(hall.load, hall.windows),
        pWait: erlangC(hall.load, hall.windows),
        meanWaitMin: meanWaitMinutes(hall),
        pOver: shareWaitingOver(hall, at(values, 'over-min')),
      };
    },
  },
  'erlang-a': {
    says: 'the same when visitors lose patience',
    options: { 'per-hour': perHour, 'service-min': serviceMin, windows, 'patience-min': minutes('mean patience') },
    run: (values) => {
      const {
        pWait,
        pAbandon,
        meanWaitMinutes: meanWaitMin,
      } = erlangA(
        at(values, 'per-hour') / 60,
        at(values, 'service-min'),
        at(values, 'windows'),
        at(values, 'patience-min'),
      );
      return { pWait, pAbandon, meanWaitMin };
    },
  },
  'least-windows': {
    says: 'the fewest windows for a mean wait and for a share over the limit',
    options: {
      'per-hour': perHour,
      'service-min': serviceMin,
      'mean-min': { ...minutes('mean wait allowed'), otherwise: 3 },
      'over-min': overMin,
      share: { ...share('share over the limit allowed'), otherwise: 1 / 2000 },
      cs2,
    },
    run: (values) => {
      const hall = (many: number) => ({
        load: load(values),
        windows: many,
        serviceMinutes: at(values, 'service-min'),
        cs2: at(values, 'cs2'),
      });
      return {
        forMean: leastWindows(load(values), (many) => meanWaitMinutes(hall(many)) <= at(values, 'mean-min')),
        forShare: leastWindows(
          load(values),
          (many) => shareWaitingOver(hall(many), at(values, 'over-min')) <= at(values, 'share'),
        ),
      };
    },
  },
  'halfin-whitt': {
    says: 'probability of a wait with load + beta √load windows, and the beta for a probability',
    options: {
      beta: { says: 'beta', min: 0, max: 40, otherwise: 1 },
      share: { ...share('probability of a wait'), max: 0.999999, otherwise: 0.2 },
    },
    run: (values) => ({
      pWait: halfinWhittWait(at(values, 'beta')),
      betaForShare: halfinWhittBeta(at(values, 'share')),
    }),
  },
  'square-root': {
    says: 'windows by the square-root rule',
    options: { 'per-hour': perHour, 'service-min': serviceMin, beta: { says: 'beta', min: 0, max: 40, otherwise: 1 } },
    run: (values) => ({ windows: squareRootRule(load(values), at(values, 'beta')) }),
  },
  'breach-price': {
    says: 'windows for a half hour by the price of a breach',
    options: {
      'per-hour': perHour,
      'service-min': serviceMin,
      cs2,
      theta: { says: 'window hours that a breach is worth', min: 0, max: 1e6, otherwise: 13 },
      'over-min': overMin,
    },
    run: (values) => ({
      windows: windowsByBreachPrice(
        { load: load(values), serviceMinutes: at(values, 'service-min'), cs2: at(values, 'cs2') },
        at(values, 'theta'),
        at(values, 'over-min'),
      ),
    }),
  },
  transient: {
    says: 'a hall some minutes after so many were in it',
    options: {
      'per-hour': perHour,
      'service-min': serviceMin,
      windows: { ...windows, max: 1_000 },
      from: { ...count('how many are in the hall now'), max: 1_000, otherwise: 0 },
      'after-min': { ...minutes('minutes from now'), min: 0 },
    },
    run: (values) => {
      const states = Math.ceil(
        at(values, 'from') + at(values, 'windows') + 10 * Math.sqrt(load(values) + 1) + load(values) + 100,
      );
      const later = after(
        exactly(at(values, 'from'), states),
        at(values, 'after-min'),
        at(values, 'per-hour') / 60,
        at(values, 'service-min'),
        at(values, 'windows'),
      );
      return summary(later, at(values, 'windows'));
    },
  },
  'offered-load': {
    says: 'the load at a minute when arrivals change by the half hour',
    options: {
      'half-hours': halfHours,
      'service-min': serviceMin,
      spread: { says: 'deviation over mean of a lognormal service; 0: exponential', min: 0, max: 10, otherwise: 0 },
      'at-min': { ...minutes('minute from the first half hour'), min: 0 },
    },
    run: (values) => ({
      load: offeredLoad(
        values.lists['half-hours'] ?? [],
        at(values, 'service-min'),
        at(values, 'spread') || null,
        at(values, 'at-min'),
      ),
    }),
  },
  isa: {
    says: 'windows for each half hour that keep the probability of a wait below a share',
    options: {
      'half-hours': { ...halfHours, max: 800 },
      'service-min': serviceMin,
      share: share('probability of a wait allowed'),
    },
    run: (values) => isa(values.lists['half-hours'] ?? [], at(values, 'service-min'), at(values, 'share')),
  },
  'wait-ahead': {
    says: 'the wait behind others when all windows are busy',
    options: { ahead: count('visitors ahead'), windows, 'service-min': serviceMin, 'over-min': overMin },
    run: (values) => {
      const wait = waitAhead(
        at(values, 'ahead'),
        at(values, 'windows'),
        at(values, 'service-min'),
        at(values, 'over-min'),
      );
      return { meanMin: wait.meanMinutes, pOver: wait.pOver, q50Min: wait.q50Minutes, q90Min: wait.q90Minutes };
    },
  },
  eta: {
    says: 'minutes to the call from those ahead and the windows open now and later',
    options: {
      ahead: count('visitors ahead'),
      'service-min': serviceMin,
      windows,
      'then-windows': { ...windows, min: 0, otherwise: -1 },
      'from-min': { ...minutes('when the number of windows changes'), otherwise: 1440 },
    },
    run: (values) => {
      const then = at(values, 'then-windows');
      const plan = [{ fromMinute: 0, windows: at(values, 'windows') }];
      if (then >= 0) plan.push({ fromMinute: at(values, 'from-min'), windows: then });
      return { etaMin: expectedCallMinutes(at(values, 'ahead'), at(values, 'service-min'), plan) };
    },
  },
  reserve: {
    says: 'windows to open in addition to the open ones',
    options: {
      waiting: count('visitors who wait'),
      open: count('windows open'),
      'service-min': serviceMin,
      'target-min': minutes('wait to reach'),
    },
    run: (values) => ({
      windows: reserveWindows(
        at(values, 'waiting'),
        at(values, 'open'),
        at(values, 'service-min'),
        at(values, 'target-min'),
      ),
    }),
  },
  'fixed-queue-ratio': {
    says: 'which queue to serve next when each should keep its share of all who wait',
    options: {
      queues: { says: 'visitors in each queue, with commas', min: 0, max: 100_000, whole: true, list: true },
      shares: { says: 'share of each queue, with commas', min: 0, max: 1, list: true },
    },
    run: (values) => fixedQueueRatio(values.lists['queues'] ?? [], values.lists['shares'] ?? []),
  },
  estimators: {
    says: 'what a first-come hall could tell a visitor who comes at a minute, and what came true',
    options: {
      windows: { ...windows, max: 1_000 },
      'service-min': serviceMin,
      arrivals: { says: 'minutes at which visitors came, in order, with commas', min: 0, max: 1e6, list: true },
      services: { says: 'minutes that each was served, with commas', min: 0, max: 1e6, list: true },
      'at-min': { ...minutes('the minute'), min: 0, max: 1e6 },
    },
    run: (values) =>
      estimatesAt(
        {
          windows: at(values, 'windows'),
          serviceMinutes: at(values, 'service-min'),
          arrivals: values.lists['arrivals'] ?? [],
          services: values.lists['services'] ?? [],
        },
        at(values, 'at-min'),
      ),
  },
  overbook: {
    says: 'how many to book when some do not come',
    options: {
      capacity: { ...count('places'), min: 1, max: 1_000 },
      show: share('probability that a visitor comes'),
      'idle-cost': { says: 'cost of a free place', min: 0, max: 1e6 },
      'over-cost': { says: 'cost of a visitor too many', min: 1e-9, max: 1e6 },
    },
    run: (values) =>
      overbook(at(values, 'capacity'), at(values, 'show'), at(values, 'idle-cost'), at(values, 'over-cost')),
  },
};

export async function run([name = '--help', ...args]: readonly string[]): Promise<number> {
  if (name === '--help' || name === '-h' || name === 'help') {
    console.log(help());
    return 0;
  }
  if (args.includes('--help') || args.includes('-h')) {
    console.log(help(name));
    return 0;
  }
  if (name === ROSTER) return roster(args);
  const calculation = calculations[name];
  if (calculation === undefined) throw new UsageError(`there is no calculation “${name}”; see okno calc --help`);
  const wanted = Object.fromEntries(
    Object.keys(calculation.options).map((option) => [option, { type: 'string' as const }]),
  );
  const { values } = readOptions(args, { ...wanted, json: { type: 'boolean', default: false } }, 0);
  const { json, ...given } = values as Readonly<Record<string, string | undefined>> & { readonly json?: boolean };
  const result = calculation.run(numbers(calculation.options, given));
  print(result, json === true);
  return 0;
}

async function roster(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(args, { json: { type: 'boolean', default: false } }, 1);
  print(await rosterOfFile(positionals[0]), values.json);
  return 0;
}

function print(result: object, json: boolean): void {
  console.log(json ? JSON.stringify(result) : lines(result));
}

/** Reads the options of a calculation. Throws UsageError with the option, its meaning and its bounds. */
function numbers(options: Calculation['options'], given: Readonly<Record<string, string | undefined>>): Values {
  const values: Record<string, number> = {};
  const lists: Record<string, number[]> = {};
  for (const [name, option] of Object.entries(options)) {
    const text = given[name];
    if (text === undefined) {
      if (option.otherwise === undefined) throw new UsageError(`--${name} is missing: ${option.says}`);
      values[name] = option.otherwise;
    } else {
      const parsed = (option.list ? text.split(',') : [text]).map((part) => numberWithin(name, part, option));
      values[name] = parsed[0] as number;
      if (option.list) lists[name] = parsed;
    }
  }
  return Object.assign(values, { lists }) as unknown as Values;
}

function numberWithin(name: string, text: string, { says, min, max, whole }: CalcOption): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= min && value <= max) || (whole && !Number.isInteger(value))) {
    throw new UsageError(
      `--${name} (${says}) must be ${whole ? 'a whole number' : 'a number'} from ${min} to ${max}, not “${text}”`,
    );
  }
  return value;
}

function lines(result: object): string {
  return Object.entries(result)
    .map(([name, value]) => `  ${name.padEnd(14)} ${String(value)}`)
    .join('\n');
}

function help(only?: string): string {
  const entries = Object.entries(calculations)
    .filter(([name]) => only === undefined || name === only)
    .map(([name, { says, options }]) => {
      const parts = Object.entries(options).map(
        ([option, { says: meaning, otherwise }]) =>
          `      --${option.padEnd(14)} ${meaning}${otherwise === undefined ? '' : ` (default ${otherwise})`}`,
      );
      return [`  ${name}: ${says}`, ...parts].join('\n');
    });
  return [
    'okno calc NAME --option value … [--json]',
    '',
    ...entries,
    `  ${ROSTER} FILE: the cheapest shifts that meet a need`,
    '      FILE             JSON: {"need": [2, 3], "cyclic": true, "shifts": [{"slots": [0, 1], "cost": 8}]}',
  ].join('\n');
}
