import { randomUUID } from 'node:crypto';
import { demoGroups } from '../demo/city/groups.ts';
import { lognormal, random } from '../core/rehearsal/random.ts';
import { carryOut } from '../core/queue/execute-command.ts';
import type { CommandBodies, CommandKind } from '../core/queue/commands.ts';
import { generalService, ORDINARY, readConfiguration, USUAL_RULES } from '../core/queue/configuration.ts';
import { type Day, unopenedDay } from '../core/queue/day.ts';
import { dueOf } from '../core/queue/due.ts';
import type { QueueEvent } from '../core/queue/events.ts';
import { rulesOf } from '../core/queue/rules.ts';
import { waitRange } from '../core/queue/wait-range.ts';
import { type Instant, MINUTE, SECOND } from '../core/time/instant.ts';
import { commandOf } from '../server/modules/queue/index.ts';
import { type Bench, figure, mean } from './bench.ts';
import { keyOf, opening } from './queue-load.ts';
import { recordedFigures } from './wait-recorded.ts';

const DAYS = 30;
const HALVES = 24;
/** Visitors by half hour, as the shape of a day in the city. */
const SHAPE = [
  3, 3.6, 4.4, 5, 5.4, 5.6, 5.6, 5.4, 5.1, 4.9, 4.7, 4.6, 4.5, 4.4, 4.4, 4.4, 4.4, 4.3, 4.2, 4, 3.6, 3, 2.4, 1.6,
];
const VISITS = 520;
const MEAN_MINUTES = 12.1;

/**
 * The wait that visitors are shown before they choose, against the wait that they then had: days of one centre with the
 * service times of the city (lognormal), staffed a little above the work, played through the rules of the hall itself.
 * With OKNO_TICKETS also the recorded days of that file.
 */
export const benchWait: Bench = async ({ quick, say }) => {
  const days = quick ? 4 : DAYS;
  const covered90: number[] = [];
  const covered50: number[] = [];
  const bias: number[] = [];
  for (let seed = 1; seed <= days; seed += 1) {
    const waits = new CentreDay(seed).play().filter(({ shown50 }) => shown50 > 0);
    const share = (isIn: (wait: Shown) => boolean) => waits.filter(isIn).length / waits.length;
    covered90.push(share(({ waited, shown90 }) => waited <= shown90));
    covered50.push(share(({ waited, shown50 }) => waited <= shown50));
    bias.push(waits.reduce((sum, { waited, shown50 }) => sum + shown50 - waited, 0) / waits.length);
    if (seed % 10 === 0) say(`day ${seed}: ${waits.length} visitors who were shown a wait`);
  }
  const tickets = process.env['OKNO_TICKETS'];
  const recorded = tickets === undefined ? [] : await recordedFigures(tickets);
  return [
    ...recorded,
    figure('visitors who waited no longer than q90, all days', 'share', [mean(covered90)], {
      atLeast: 0.88,
      atMost: 0.92,
    }),
    figure('visitors who waited no longer than q50, all days', 'share', [mean(covered50)]),
    figure('shown too much, on average', 'minutes', [mean(bias)]),
    figure('q90 by day', 'share', covered90),
  ];
};

interface Shown {
  readonly shown50: number;
  readonly shown90: number;
  readonly waited: number;
}

const PLAN = SHAPE.map((share) => {
  const work = (VISITS * share * MEAN_MINUTES) / SHAPE.reduce((sum, one) => sum + one, 0) / 30;
  return Math.ceil(work + 0.25 * Math.sqrt(work));
});
const MOST = Math.max(...PLAN);
const RULES = readConfiguration({
  ...USUAL_RULES,
  answerSeconds: null,
  closingGraceMinutes: null,
  walkInLimitMinutes: 15,
  readyAfterSeconds: null,
  groups: demoGroups.map(({ groupId }, index) => ({ groupId, letter: 'АВГДЕЖ'.charAt(index) })),
  services: demoGroups.map(({ groupId, serviceMinutesMean }) => {
    return { serviceId: generalService(groupId), groupId, level: 1 as const, minutes: serviceMinutesMean, off: false };
  }),
  windows: Array.from({ length: MOST }, (_, index) => {
    return { windowId: index + 1, groupIds: demoGroups.map(({ groupId }) => groupId) };
  }),
  plannedWindows: PLAN,
});
const SKILLS = demoGroups.map(({ groupId }) => ({ groupId, level: 3 as const }));

/** A day of one centre in memory, second by second, over the real rules. */
class CentreDay {
  readonly #day: Day = unopenedDay(keyOf(1));
  readonly #draw: () => number;
  readonly #shown = new Map<string, { shown50: number; shown90: number }>();
  readonly #endsAt = new Map<number, Instant>();
  #now: Instant = opening.doorsOpen;

  constructor(seed: number) {
    this.#draw = random(seed);
    this.#do('open-day', { ...opening, doorsClose: opening.doorsOpen + 12 * 60 * MINUTE, configuration: 'c' });
  }

  play(): Shown[] {
    const step = 5 * SECOND;
    const total = SHAPE.reduce((sum, one) => sum + one, 0);
    for (let elapsed = 0; elapsed < HALVES * 30 * MINUTE; elapsed += step) {
      this.#now = opening.doorsOpen + elapsed;
      const half = Math.floor(elapsed / (30 * MINUTE));
      this.#staff(PLAN[half] ?? 0);
      const rate = (VISITS * (SHAPE[half] ?? 0) * step) / total / (30 * MINUTE);
      if (this.#draw() < rate) this.#come();
      this.#work();
    }
    return [...this.#shown].flatMap(([visitId, shown]) => {
      const visit = this.#day.visits.get(visitId);
      const called = visit?.steps[0]?.calledAt;
      return visit === undefined || called === undefined
        ? []
        : [{ ...shown, waited: (called - visit.takenAt) / MINUTE }];
    });
  }

  #staff(windows: number): void {
    for (const { windowId, state } of this.#day.windows.values()) {
      if (windowId <= windows && state === 'closed') {
        this.#do('open-window', { windowId, specialistId: `s${windowId}`, skills: SKILLS });
        this.#do('ready', { windowId });
      }
      if (windowId > windows && (state === 'free' || state === 'not-ready')) this.#do('close-window', { windowId });
    }
  }

  #come(): void {
    let left = this.#draw() * 100;
    const group = demoGroups.find(({ share }) => (left -= share) <= 0) ?? demoGroups[0];
    const service = rulesOf(RULES).services.get(generalService(group?.groupId ?? ''));
    if (service === undefined) return;
    const due = dueOf(RULES, { classLetter: ORDINARY, slot: null }, this.#now);
    const range = waitRange(this.#day, service, due, this.#now);
    const services = [{ serviceId: service.serviceId, quantity: 1 }];
    const taken = this.#do('take', {
      services,
      persons: 1,
      classLetter: ORDINARY,
      language: 'ru',
      remote: false,
      slot: null,
    });
    const visit = taken.find((event) => event.kind === 'visit-taken');
    if (visit === undefined || range === null) return;
    this.#shown.set(visit.body.visitId, { shown50: range.q50Minutes, shown90: range.q90Minutes });
  }

  #work(): void {
    for (const { windowId, state, visitId, since } of this.#day.windows.values()) {
      const visit = visitId === null ? undefined : this.#day.visits.get(visitId);
      if (visit !== undefined && state === 'calling' && this.#now >= since) {
        this.#do('start', { windowId, visitId: visit.visitId });
        const group = demoGroups.find(({ groupId }) => groupId === visit.groupId);
        const minutes = lognormal(this.#draw, group?.serviceMinutesMean ?? 12, group?.serviceSpread ?? 0.7);
        this.#endsAt.set(windowId, this.#now + minutes * MINUTE);
      } else if (visit !== undefined && state === 'serving' && this.#now >= (this.#endsAt.get(windowId) ?? 0)) {
        this.#do('finish', { windowId, visitId: visit.visitId, given: null, outcome: 'done' });
        this.#do('ready', { windowId });
      }
    }
  }

  #do<Kind extends CommandKind>(kind: Kind, body: CommandBodies[Kind]): readonly QueueEvent[] {
    const outcome = carryOut(this.#day, commandOf(kind, randomUUID(), body), this.#now, () => RULES);
    return outcome.kind === 'done' ? outcome.events : [];
  }
}
