import { SECOND, type Instant, type Milliseconds } from '../time/instant.ts';
import type { PromiseRules } from './configuration.ts';
import type { Day, WaitClock } from './day.ts';

/** The clock of a visitor who does not wait yet. */
export const STANDING: WaitClock = {
  from: null,
  before: 0,
  part: 'first',
  first: null,
  later: 0,
  breaksAt: null,
  broken: false,
  drink: null,
};

/** The clock runs from a moment, which may be ahead: an appointment's wait begins with its time. */
export function running(wait: WaitClock, from: Instant, { waitSeconds }: PromiseRules): WaitClock {
  const breaksAt = wait.broken || waitSeconds === null ? null : from + waitSeconds * SECOND - wait.before;
  return { ...wait, from, breaksAt };
}

/** The clock is stopped from now on. */
export function stopped(wait: WaitClock, at: Instant): WaitClock {
  return { ...wait, before: waitedMs(wait, at), from: null, breaksAt: null };
}

/**
 * The clock runs on as if it had not stopped at `calledAt`: the call came to nothing.
 * A promise that would have been broken in the meantime is broken now.
 */
export function runningOn(wait: WaitClock, calledAt: Instant, at: Instant, promise: PromiseRules): WaitClock {
  const next = running(wait, calledAt, promise);
  return next.breaksAt !== null && next.breaksAt < at ? { ...next, breaksAt: at } : next;
}

/** The wait has ended: what is waited from here on counts for the next service. */
export function ended(wait: WaitClock): WaitClock {
  return wait.part === 'first'
    ? { ...wait, part: 'later', first: wait.before, before: 0 }
    : { ...wait, later: wait.later + wait.before, before: 0 };
}

/** What the clock shows. */
export function waitedMs(wait: WaitClock, at: Instant): Milliseconds {
  return wait.before + (wait.from === null ? 0 : Math.max(0, at - wait.from));
}

/** The moment that the clocks of a day show: while the hall is stopped they are too. */
export function clockTime({ stopped: stop }: Pick<Day, 'stopped'>, at: Instant): Instant {
  return stop === null ? at : Math.min(at, stop.since);
}

/** The published wait so far. */
export function firstWaitMs(wait: WaitClock, at: Instant): Milliseconds {
  return wait.first ?? waitedMs(wait, at);
}

/** The waits before later services so far. */
export function laterWaitMs(wait: WaitClock, at: Instant): Milliseconds {
  return wait.part === 'first' ? 0 : wait.later + waitedMs(wait, at);
}
