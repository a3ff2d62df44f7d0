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
  /** The plan: windows = share × load + root × √load + offset + trend × (load after − load before) + first × load (first half hour). */
  readonly plan: {
    readonly share: number;
    readonly root: number;
    readonly offset: number;
    readonly trend: number;
    readonly first: number;
  };
  /** A window is called when the work that waits, in minutes a window, passes this; within 2 and `most`. */
  readonly call: {
    readonly minutes: number;
    readonly bySize: number;
    readonly byCommitted: number;
    readonly most: number;
  };
  /** A window may go when the work that waits, in minutes a window of the rest, is below this. */
  readonly letGo: {
    readonly minutes: number;
    readonly bySize: number;
    readonly byLoad: number;
    /** How far it goes by who is in the hall now, and not by what is expected (0 to 1). */
    readonly present: number;
  };
  /** A walk-in is in danger when this × the minutes until his turn pass what is left to him; 0: not looked at. */
  readonly late: number;
  /** How many minutes ahead the load is looked at, and how much of what is in the hall now will still be there (0 to 1). */
  readonly ahead: { readonly minutes: number; readonly lasting: number };
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
  readonly tuning: ReserveTuning;
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
  /** How much the plan grows at the next half hour, once that is near; else 0. */
  readonly planGrows: number;
  readonly walkInsSoFar: number;
  readonly meanServiceMinutes: number;
  /** Those who wait in the order of being due: the minutes left to each, and whether he has no appointment. */
  readonly slacks: () => Iterable<{ readonly minutes: number; readonly walkIn: boolean }>;
}

/** Below this a hall's size no longer counts. */
const LOAD_MIN = 0.5;
/** The size of hall at which the figures stand as they are written. */
const USUAL_LOAD = 9;
const CALL_MINUTES_MIN = 2;
/** Somebody with less left than this is late already, or will be: one window on the way for him is enough. */
const TOO_LATE_MINUTES = 2.5;
/** So many visitors weigh as much as the forecast in what is learned about a day. */
const LEARNING_VISITORS = 100;
/** Of a day's factor so much is believed. */
const BELIEVED = 0.8;

/** How the hall stands to what is expected soon. */
interface Outlook {
  readonly load: number;
  readonly root: number;
  readonly size: number;
}

/** Windows for each half hour of the plan: at least one, at most what the hall has. */
export function planOf(load: LoadForecast, { plan }: ReserveTuning, windowsMax: number): number[] {
  const { byHalfHour } = load;
  return byHalfHour.map((here, index) => {
    const before = byHalfHour[index - 1];
    const after = byHalfHour[index + 1];
    const trend = before === undefined || after === undefined ? 0 : after - before;
    const first = index === 0 ? plan.first * here : 0;
    const wanted = plan.share * here + plan.root * Math.sqrt(here) + plan.offset + plan.trend * trend + first;
    return Math.min(Math.max(Math.floor(wanted + 0.5), 1), windowsMax);
  });
}

/** How many windows to call now beside those that are open or on the way. */
export function windowsToCall({ tuning, limits, load }: ReserveRule, sight: HallSight): number {
  if (sight.waiting === 0) return 0;
  const outlook = outlookOf(tuning, load, sight);
  let more = 0;
  while (sight.windows + more < limits.windowsMax && isCalledFor(tuning, sight, outlook, more)) more += 1;
  return more;
}

function isCalledFor(tuning: ReserveTuning, sight: HallSight, { load, root, size }: Outlook, more: number): boolean {
  const windows = sight.windows + more;
  if (windows === 0) return true;
  const { waitingMinutes, meanServiceMinutes, busy, committed, planGrows } = sight;
  const inHall = waitingMinutes / meanServiceMinutes + busy;
  const needed = load + (inHall - load) * tuning.ahead.lasting;
  const surplus = (committed + more + 1 + planGrows - needed) / root;
  const { minutes, bySize, byCommitted, most } = tuning.call;
  const limit = Math.min(Math.max(minutes * Math.exp(bySize * size) + byCommitted * surplus, CALL_MINUTES_MIN), most);
  return waitingMinutes / windows > limit || somebodyInDanger(tuning, sight, windows, more);
}

/** By the order of being due, would some walk-in's turn come too late? */
function somebodyInDanger({ late }: ReserveTuning, sight: HallSight, windows: number, more: number): boolean {
  // The last of those who wait has the latest turn: unless even that one is soon, nobody need be looked at.
  if (((sight.waiting * sight.meanServiceMinutes) / windows) * late <= TOO_LATE_MINUTES) return false;
  const pending = sight.pending + more;
  let turn = 0;
  for (const { minutes, walkIn } of sight.slacks()) {
    turn += sight.meanServiceMinutes / windows;
    if (!walkIn || (minutes < TOO_LATE_MINUTES && pending > 0)) continue;
    if (turn * late > Math.max(minutes, TOO_LATE_MINUTES)) return true;
  }
  return false;
}

/** Whether a reserve window whose stint is over may go now: the rest would carry what is left. */
export function mayLetGo({ tuning, load: forecast }: ReserveRule, sight: HallSight): boolean {
  const rest = sight.windows - 1;
  const doorsClosed = sight.minute >= forecast.walkIns.length;
  if (rest < 1 || doorsClosed) return sight.waiting === 0;
  const { load, root, size } = outlookOf(tuning, forecast, sight);
  const inHall = sight.waitingMinutes / sight.meanServiceMinutes + sight.busy;
  const { minutes, bySize, byLoad, present } = tuning.letGo;
  const soon = load + present * tuning.ahead.lasting * (inHall - load);
  return sight.waitingMinutes / rest <= minutes * Math.exp(bySize * size) - (byLoad * (soon - rest)) / root;
}

function outlookOf({ ahead }: ReserveTuning, { byMinute, walkIns }: LoadForecast, sight: HallSight): Outlook {
  const expected = walkIns[Math.min(sight.minute, walkIns.length - 1)] ?? 0;
  const factor = (LEARNING_VISITORS + sight.walkInsSoFar) / (LEARNING_VISITORS + expected);
  const then = byMinute[sight.minute + Math.floor(ahead.minutes)] ?? 0;
  const load = then * (1 - BELIEVED + BELIEVED * factor);
  const seen = Math.max(load, LOAD_MIN);
  return { load, root: Math.sqrt(seen), size: Math.log(seen / USUAL_LOAD) };
}
