import { SECOND } from '../time/instant.ts';
import { type EventKind, happenedAt, type QueueEvent } from './events.ts';
import type { SpecialistId, VisitId, WindowId } from './ids.ts';
import { readBody } from './versions.ts';

/** Possible signs that a specialist chooses their visitors. Each also happens to honest people. */
export const SIGNS = ['no-show-by-hand', 'short-service', 'transfer', 'pause'] as const;
export type Sign = (typeof SIGNS)[number];

/** How often each sign was seen at a specialist, and among how many calls. */
export interface SpecialistSigns {
  readonly specialistId: SpecialistId;
  readonly calls: number;
  readonly signs: Readonly<Record<Sign, number>>;
}

/** Shorter than nearly every service is; a visitor who only collects a paper may be this quick, so it is compared with the others. */
const SHORT_SERVICE_MS = 120 * SECOND;

/** Counts the signs in the events of any number of days, each day's in order. */
export function signsIn(days: Iterable<Iterable<QueueEvent>>): SpecialistSigns[] {
  const counts = new Map<SpecialistId, { calls: number; signs: Record<Sign, number> }>();
  for (const events of days) countDay(events, counts);
  return [...counts].map(([specialistId, found]) => ({ specialistId, ...found }));
}

function countDay(
  events: Iterable<QueueEvent>,
  counts: Map<SpecialistId, { calls: number; signs: Record<Sign, number> }>,
): void {
  const at = new Map<WindowId, SpecialistId>();
  const startedAt = new Map<VisitId, number>();
  const of = (windowId: WindowId | null) => {
    const specialistId = windowId === null ? undefined : at.get(windowId);
    if (specialistId === undefined) return null;
    const known = counts.get(specialistId) ?? {
      calls: 0,
      signs: { 'no-show-by-hand': 0, 'short-service': 0, transfer: 0, pause: 0 },
    };
    counts.set(specialistId, known);
    return known;
  };
  for (const event of events) {
    const body = readBody(event.kind, event.v, event.body) as {
      windowId?: WindowId | null;
      visitId?: VisitId;
      specialistId?: SpecialistId;
    } | null;
    const { windowId = null, visitId = '', specialistId } = body ?? {};
    if (event.kind === 'window-opened' && windowId !== null && specialistId !== undefined)
      at.set(windowId, specialistId);
    const mine = of(windowId);
    if (mine === null) continue;
    if (event.kind === 'visit-called') mine.calls += 1;
    if (event.kind === 'service-started') startedAt.set(visitId, happenedAt(event));
    const sign = signOf(event.kind, event.dueAt === null, happenedAt(event) - (startedAt.get(visitId) ?? 0));
    if (sign !== null) mine.signs[sign] += 1;
  }
}

function signOf(kind: EventKind, byHand: boolean, servedMs: number): Sign | null {
  if (kind === 'visit-no-show') return byHand ? 'no-show-by-hand' : null;
  if (kind === 'window-paused') return byHand ? 'pause' : null;
  if (kind === 'visit-transferred') return 'transfer';
  if (kind === 'service-finished' || kind === 'visit-held') return servedMs < SHORT_SERVICE_MS ? 'short-service' : null;
  return null;
}

/** A specialist at whom a sign is seen far more often than at the others. */
export interface Suspicion {
  readonly specialistId: SpecialistId;
  readonly sign: Sign;
  readonly seen: number;
  /** How often it would be seen if they did as the others do. */
  readonly expected: number;
}

/** Standard deviations above the others; one honest specialist in tens of thousands is. */
const DEVIATIONS = 4;
const SEEN_MIN = 5;

/** Who is listed for a person to look at: never a judgement, and never by one number alone. */
export function suspicions(all: readonly SpecialistSigns[]): Suspicion[] {
  return all.flatMap((one) => {
    const others = all.filter(({ specialistId }) => specialistId !== one.specialistId);
    const calls = others.reduce((sum, other) => sum + other.calls, 0);
    if (calls === 0) return [];
    return SIGNS.flatMap((sign) => {
      const seen = one.signs[sign];
      const rate = others.reduce((sum, other) => sum + other.signs[sign], 0) / calls;
      const expected = rate * one.calls;
      const listed = seen >= SEEN_MIN && seen > expected + DEVIATIONS * Math.sqrt(Math.max(expected, 1));
      return listed ? [{ specialistId: one.specialistId, sign, seen, expected }] : [];
    });
  });
}
