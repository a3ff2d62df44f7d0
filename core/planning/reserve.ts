/**
 * When to call a reserve window and when to let one go: Okno's rule for keeping a hall at three minutes with the fewest hours.
 *
 * It looks at the work that waits (by the mean of the services that were asked for, not by heads), at what the plan and the reserve
 * are committed to, and at what is expected soon. It calls a window when those who wait would wait too long, the sooner the more the
 * hall will need it for a whole stint; and lets one go, once its stint is over, when the rest can carry what is left.
 * The form is after the frozen city's reference policies (threshold on work over windows, commitment term, learned day factor);
 * its figures were fitted on seed 1 of the frozen city alone (docs/planning.md).
 */
export interface ReserveTuning {
  readonly kind: 'foresight';
  /** The plan: windows = share × load + root × √load + offset, rounded; in the last half hour `last` × load more. */
  readonly plan: { readonly share: number; readonly root: number; readonly offset: number; readonly last: number };
  /** What waits is weighed so far by its services (1), else by heads (0). */
  readonly byService: number;
  /** A window is called when what waits, in minutes a window, passes this; within 2 and `most`. */
  readonly call: {
    readonly minutes: number;
    /** By the logarithm of the load over that of a usual hall. */
    readonly bySize: number;
    /** Later by so many minutes for each window committed beyond what will be needed, over √load. */
    readonly byCommitted: number;
    readonly most: number;
  };
  /** A window may go when what waits, in minutes a window of the rest, is below this. */
  readonly letGo: {
    readonly minutes: number;
    readonly bySize: number;
    readonly byLoad: number;
    /** How far it goes by who is in the hall now, and not by what is expected (0 to 1). */
    readonly present: number;
  };
  /** A walk-in is in danger when this × the minutes until their turn exceed the minutes left to them; 0: not checked. */
  readonly late: number;
  /** A visitor with fewer minutes left is late already, or will be: one window on the way for them is enough. */
  readonly tooLate: number;
  /** How many minutes ahead the load is checked; what share of the visitors now in the hall, and of those who wait elsewhere, will still be there. */
  readonly ahead: { readonly minutes: number; readonly lasting: number; readonly waiting: number };
}

/** The rule r* for comparison: as many windows as bring those who wait to a window within so many minutes. */
export interface AlarmTuning {
  readonly kind: 'alarm';
  readonly minutes: number;
}

/** What a centre may do with its reserve. */
export interface ReserveLimits {
  /** A reserve window stays open at least so long. */
  readonly stintMinutes: number;
  /** From the call to being ready. */
  readonly seatingMinutes: number;
  readonly windowsMax: number;
}

export interface ReserveRule {
  readonly tuning: ReserveTuning | AlarmTuning;
  readonly limits: ReserveLimits;
  readonly load: LoadForecast;
}

/** What a hall is expected to carry, from the opening of its doors. */
export interface LoadForecast {
  /** Windows busy if there were enough, at each minute (M_t/G/∞; some minutes beyond closing), and on average in each half hour. */
  readonly byMinute: readonly number[];
  readonly byHalfHour: readonly number[];
  /** Walk-ins expected until the end of each minute. */
  readonly walkIns: readonly number[];
}

/** A hall at one moment. Minutes of work are by the means of the services. */
export interface HallSight {
  /** Whole minutes since the doors opened. */
  readonly minute: number;
  readonly waiting: number;
  readonly waitingMinutes: number;
  readonly busy: number;
  /** Windows that go on calling, and those that were called and are not ready yet. */
  readonly windows: number;
  /** Of them the ones that will not go soon: planned, within their stint, or on the way. */
  readonly committed: number;
  /** Of those, on the way. */
  readonly pending: number;
  readonly planned: number;
  /** How much the plan grows at the next half hour, once that is near; else 0. */
  readonly planGrows: number;
  readonly walkInsSoFar: number;
  readonly meanServiceMinutes: number;
  /** Those who wait in the order of being due: the minutes left to each, and whether they have no appointment. */
  readonly slacks: () => Iterable<{ readonly minutes: number; readonly walkIn: boolean }>;
}

/** Below this a hall's size no longer counts. */
const LOAD_MIN = 0.5;
/** The size of hall at which the figures stand as they are written. */
const USUAL_LOAD = 9;
const CALL_MINUTES_MIN = 2;
/** The number of visitors that weigh as much as the forecast in the estimate of a day. */
const LEARNING_VISITORS = 100;
/** Of a day's factor so much is believed. */
const BELIEVED = 0.8;

/** The load of the hall against what is expected soon. */
interface Outlook {
  readonly load: number;
  readonly root: number;
  readonly size: number;
}

/** Windows for each half hour of the plan: at least one, at most what the hall has. */
export function planOf(load: LoadForecast, { plan }: ReserveTuning, windowsMax: number): number[] {
  const { byHalfHour } = load;
  return byHalfHour.map((here, half) => {
    const last = half === byHalfHour.length - 1 ? plan.last * here : 0;
    const wanted = plan.share * here + plan.root * Math.sqrt(here) + plan.offset + last;
    return Math.min(Math.max(Math.floor(wanted + 0.5), 1), windowsMax);
  });
}

/** How many windows to call now in addition to those that are open or on the way. */
export function windowsToCall({ tuning, limits, load }: ReserveRule, sight: HallSight): number {
  if (sight.waiting === 0) return 0;
  if (tuning.kind === 'alarm') {
    const missing = windowsWithin(tuning, sight) - sight.windows;
    return Math.max(0, Math.min(missing, limits.windowsMax - sight.windows));
  }
  const outlook = outlookOf(tuning, load, sight);
  let more = 0;
  while (sight.windows + more < limits.windowsMax && isCalledFor(tuning, sight, outlook, more)) more += 1;
  return more;
}

function isCalledFor(tuning: ReserveTuning, sight: HallSight, { load, root, size }: Outlook, more: number): boolean {
  const windows = sight.windows + more;
  if (windows === 0) return true;
  const { committed, planGrows } = sight;
  const minutesWaiting = weighed(tuning, sight);
  const waiting = minutesWaiting / sight.meanServiceMinutes;
  const { lasting, waiting: waitingLasts } = tuning.ahead;
  const needed = load + (waiting + sight.busy - load) * lasting + waiting * waitingLasts;
  const surplus = (committed + more + 1 + planGrows - needed) / root;
  const { minutes, bySize, byCommitted, most } = tuning.call;
  const limit = Math.min(Math.max(minutes * Math.exp(bySize * size) + byCommitted * surplus, CALL_MINUTES_MIN), most);
  return minutesWaiting / windows > limit || somebodyInDanger(tuning, sight, windows, more);
}

/** By the order of being due, would some walk-in's turn come too late? */
function somebodyInDanger({ late, tooLate }: ReserveTuning, sight: HallSight, windows: number, more: number): boolean {
  // The last of those who wait has the latest turn: unless even that one is soon, nobody need be looked at.
  if (((sight.waiting * sight.meanServiceMinutes) / windows) * late <= tooLate) return false;
  const pending = sight.pending + more;
  let turn = 0;
  for (const { minutes, walkIn } of sight.slacks()) {
    turn += sight.meanServiceMinutes / windows;
    if (!walkIn || (minutes < tooLate && pending > 0)) continue;
    if (turn * late > Math.max(minutes, tooLate)) return true;
  }
  return false;
}

/** Whether a reserve window whose stint is over may go now: the rest would carry what is left. */
export function mayLetGo({ tuning, load: forecast }: ReserveRule, sight: HallSight): boolean {
  const rest = sight.windows - 1;
  const doorsClosed = sight.minute >= forecast.walkIns.length;
  if (rest < 1 || doorsClosed) return sight.waiting === 0;
  if (tuning.kind === 'alarm') return sight.waiting === 0 || windowsWithin(tuning, sight) < sight.windows;
  const { load, root, size } = outlookOf(tuning, forecast, sight);
  const minutesWaiting = weighed(tuning, sight);
  const inHall = minutesWaiting / sight.meanServiceMinutes + sight.busy;
  const { minutes, bySize, byLoad, present } = tuning.letGo;
  const soon = load + present * tuning.ahead.lasting * (inHall - load);
  return minutesWaiting / rest <= minutes * Math.exp(bySize * size) - (byLoad * (soon - rest)) / root;
}

/** The work that waits, in minutes. */
function weighed({ byService }: ReserveTuning, { waiting, waitingMinutes, meanServiceMinutes }: HallSight): number {
  return byService * waitingMinutes + (1 - byService) * waiting * meanServiceMinutes;
}

/** The windows with which those who wait are called within the alarm's minutes (rule r*). */
function windowsWithin({ minutes }: AlarmTuning, { waiting, meanServiceMinutes }: HallSight): number {
  return Math.ceil((waiting * meanServiceMinutes) / minutes - 1e-9);
}

function outlookOf({ ahead }: ReserveTuning, { byMinute, walkIns }: LoadForecast, sight: HallSight): Outlook {
  const expected = walkIns[Math.min(sight.minute, walkIns.length - 1)] ?? 0;
  const factor = (LEARNING_VISITORS + sight.walkInsSoFar) / (LEARNING_VISITORS + expected);
  const then = byMinute[sight.minute + Math.floor(ahead.minutes)] ?? 0;
  const load = then * (1 - BELIEVED + BELIEVED * factor);
  const seen = Math.max(load, LOAD_MIN);
  return { load, root: Math.sqrt(seen), size: Math.log(seen / USUAL_LOAD) };
}
