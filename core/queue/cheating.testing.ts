import { MINUTE, SECOND, type Instant } from '../time/instant.ts';
import { carryOut } from './execute-command.ts';
import type { CommandBodies, CommandKind } from './commands.ts';
import { readConfiguration, type QueueConfiguration, USUAL_RULES } from './configuration.ts';
import { type Day, unopenedDay, type Window } from './day.ts';
import { command, DOORS_OPEN, KEY, opening, taking } from './day.testing.ts';
import type { QueueEvent } from './events.ts';
import type { VisitId, WindowId } from './ids.ts';

/** What the specialist at window 1 tries for a friend in the queue. */
export type Trick = 'honest' | 'early-calls' | 'short-no-shows' | 'pauses' | 'transfers';

export const WINDOWS = 6;
const SERVICE_MINUTES = 8;
const TICK: Instant = 5 * SECOND;
const HOURS = 8;
/** The tricks begin when so few are before the friend. */
const NEAR = WINDOWS * 2;

/** What came of one friend. */
export interface Friend {
  readonly atWindow: WindowId | null;
  /** How many waiting visitors with an earlier due were called after this one. */
  readonly overtaken: number;
}

export interface Played {
  readonly events: readonly QueueEvent[];
  readonly friends: readonly Friend[];
}

const RULES: QueueConfiguration = readConfiguration({
  ...USUAL_RULES,
  closingGraceMinutes: null,
  promise: { waitSeconds: null, servedSeconds: 60 },
  walkInLimitMinutes: 15,
  readyAfterSeconds: 20,
  groups: [{ groupId: 'all', letter: 'А' }],
  windows: Array.from({ length: WINDOWS }, (_, index) => ({ windowId: index + 1, groupIds: ['all'] })),
});

/** Plays a day of a busy hall with a friend every half hour; `draw` gives numbers from 0 to 1. */
export function playHall(trick: Trick, draw: () => number): Played {
  const hall = new Hall(trick, draw);
  for (let now = DOORS_OPEN; now < DOORS_OPEN + HOURS * 60 * MINUTE; now += TICK) hall.tick(now);
  return { events: hall.events, friends: hall.friends() };
}

class Hall {
  readonly events: QueueEvent[] = [];
  readonly #trick: Trick;
  readonly #draw: () => number;
  readonly #day: Day = unopenedDay(KEY);
  readonly #friends = new Set<VisitId>();
  readonly #endsAt = new Map<VisitId, Instant>();
  #now: Instant = DOORS_OPEN;

  constructor(trick: Trick, draw: () => number) {
    this.#trick = trick;
    this.#draw = draw;
    this.#do('open-day', opening);
    for (const { windowId } of RULES.windows) {
      this.#do('open-window', { windowId, specialistId: `s${windowId}`, skills: [{ groupId: 'all', level: 3 }] });
      this.#do('ready', { windowId });
    }
  }

  tick(now: Instant): void {
    this.#now = now;
    const perTick = ((WINDOWS / SERVICE_MINUTES) * 0.97 * TICK) / MINUTE;
    if (this.#draw() < perTick) this.#come(false);
    if ((now - DOORS_OPEN) % (30 * MINUTE) === 0 && now > DOORS_OPEN + 20 * MINUTE) this.#come(true);
    for (const window of this.#day.windows.values()) this.#work(window);
  }

  friends(): Friend[] {
    return [...this.#friends].flatMap((visitId) => {
      const mine = this.#day.visits.get(visitId);
      const calledAt = mine?.steps[0]?.calledAt;
      if (mine === undefined || calledAt === undefined) return [];
      const overtaken = [...this.#day.visits.values()].filter((other) => {
        const first = other.steps[0]?.calledAt ?? Infinity;
        return other.due < mine.due && first > calledAt;
      });
      return [{ atWindow: mine.steps[0]?.windowId ?? null, overtaken: overtaken.length }];
    });
  }

  #come(friend: boolean): void {
    const [taken] = this.#do('take', taking('all'));
    if (taken?.kind !== 'visit-taken') return;
    if (friend) this.#friends.add(taken.body.visitId);
  }

  #work({ windowId, state, visitId, since }: Window): void {
    const cheats = windowId === 1 && this.#trick !== 'honest';
    if (cheats && this.#cheat(windowId, state, visitId)) return;
    if (state === 'calling' && visitId !== null && this.#now - since >= 25 * SECOND) {
      this.#do('start', { windowId, visitId });
      const minutes = SERVICE_MINUTES * (0.5 - Math.log(1 - this.#draw() * 0.98) / 2);
      this.#endsAt.set(visitId, this.#now + minutes * MINUTE);
    }
    if (state === 'serving' && visitId !== null && this.#now >= (this.#endsAt.get(visitId) ?? 0)) {
      this.#do('finish', { windowId, visitId, given: null, outcome: 'done' });
    }
    if (state === 'not-ready' && this.#now - since >= 10 * SECOND) this.#do('ready', { windowId });
    if (state === 'paused' && !cheats) this.#do('ready', { windowId });
  }

  /** How many wait before the next friend; null when none waits. */
  #before(): number | null {
    const [line = []] = this.#day.lines.values();
    const place = line.findIndex(({ visitId }) => this.#friends.has(visitId));
    return place < 0 ? null : place;
  }

  /** The trick of this moment; true when it was played instead of honest work. */
  #cheat(windowId: WindowId, state: Window['state'], visitId: VisitId | null): boolean {
    const before = this.#before();
    const near = before !== null && before <= NEAR;
    const stranger = visitId !== null && !this.#friends.has(visitId);
    if (this.#trick === 'pauses' && near) {
      if (state === 'not-ready' && before > 0)
        return this.#played('pause', { windowId, reason: 'paperwork', agreed: false });
      if (state === 'paused') return before > 0 || this.#played('ready', { windowId });
    }
    if (state === 'paused') return this.#played('ready', { windowId });
    if (!near || !stranger) return false;
    if (this.#trick === 'early-calls' && state === 'serving') {
      return (
        this.#served(visitId) >= 60 * SECOND &&
        this.#played('finish', { windowId, visitId, given: null, outcome: 'done' })
      );
    }
    if (this.#trick === 'short-no-shows' && state === 'calling') return this.#played('no-show', { windowId, visitId });
    if (this.#trick === 'transfers' && state === 'serving') {
      return this.#played('transfer', {
        windowId,
        visitId,
        serviceId: 'all',
        quantity: 1,
        toWindowId: null,
        returnHere: false,
      });
    }
    return false;
  }

  #served(visitId: VisitId): number {
    return this.#now - (this.#day.visits.get(visitId)?.since ?? this.#now);
  }

  #played<Kind extends CommandKind>(kind: Kind, body: CommandBodies[Kind]): boolean {
    return this.#do(kind, body).length > 0;
  }

  #do<Kind extends CommandKind>(kind: Kind, body: CommandBodies[Kind]): readonly QueueEvent[] {
    const outcome = carryOut(this.#day, command(kind, body), this.#now, () => RULES);
    if (outcome.kind !== 'done') return [];
    this.events.push(...outcome.events);
    return outcome.events.filter(({ dueAt }) => dueAt === null);
  }
}
