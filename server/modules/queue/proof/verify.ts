import { isDeepStrictEqual } from 'node:util';
import { type Day, OVER, unopenedDay } from '../../../../core/queue/day.ts';
import { type QueueConfiguration, readConfiguration } from '../../../../core/queue/configuration.ts';
import { evolve, evolveAll, UnreadableEvent } from '../../../../core/queue/evolve.ts';
import type { DayKey } from '../../../../core/queue/ids.ts';
import { snapshotOf } from '../../../../core/queue/snapshot.ts';
import { signsIn, type Suspicion, suspicions } from '../../../../core/queue/signs.ts';
import type { Read } from '../../../platform/handles.ts';
import { chainAfter, type ChainValue, configurationHash, leafOf } from '../chain.ts';
import { snapshotState } from '../snapshots/snapshots.ts';
import { merkleRoot, type Root } from './merkle.ts';
import { sealOfDay } from './queries.ts';
import { changedRows, type StoredEvent } from '../append-part.ts';
import { eventsAfter, keptConfiguration, rowsOfDay } from '../queries.ts';

/** What a check of one day found. */
export interface Verified {
  readonly key: DayKey;
  readonly events: number;
  readonly root: Root;
  /** False while the day goes on: then it has no seal yet. */
  readonly closed: boolean;
  /** What is wrong, as sentences; empty when everything agrees. */
  readonly faults: readonly string[];
}

/**
 * Computes a day again from its events: places and times, the chain, the ids of commands, the state with its numbers and
 * pairs, the rows that reports read, and the root, against the seal and against a root published elsewhere.
 */
export async function verifyDay(tx: Read, key: DayKey, published: Root | null): Promise<Verified> {
  const stored = await eventsAfter(tx, key, 0);
  const faults = [...placeFaults(stored), ...chainFaults(key, stored), ...commandFaults(stored)];
  const day = unopenedDay(key);
  const rules: RulesByHash = new Map();
  faults.push(...(await foldFaults(tx, day, stored, rules)));
  if (faults.length === 0)
    faults.push(...(await rowFaults(tx, day, stored)), ...(await snapshotFaults(tx, key, stored, rules)));
  const root = merkleRoot(stored.map(({ event }) => leafOf(key, event)));
  const closed = stored.at(-1)?.event.kind === 'day-closed';
  const seal = await sealOfDay(tx, key);
  if (seal !== null && (!seal.root.equals(root) || seal.size !== stored.length)) {
    faults.push(`the seal is over ${seal.size} events with the root ${seal.root.toString('hex')}`);
  }
  if (published !== null && !published.equals(root)) faults.push(`the root is not ${published.toString('hex')}`);
  if (stored.length === 0) faults.push('the day has no events');
  return { key, events: stored.length, root, closed, faults };
}

function placeFaults(stored: readonly StoredEvent[]): string[] {
  const faults: string[] = [];
  stored.forEach(({ event }, index) => {
    const before = stored[index - 1]?.event;
    if (event.seq !== index + 1) faults.push(`event ${index + 1} is missing: the next is ${event.seq}`);
    if (before !== undefined && event.at < before.at)
      faults.push(`event ${event.seq} is earlier than the one before it`);
  });
  return faults.slice(0, 1);
}

function chainFaults(key: DayKey, stored: readonly StoredEvent[]): string[] {
  let chain: ChainValue = 0n;
  for (const { event, chain: kept } of stored) {
    chain = chainAfter(chain, key, event);
    if (chain !== kept) return [`the chain breaks at event ${event.seq}`];
  }
  return [];
}

function commandFaults(stored: readonly StoredEvent[]): string[] {
  const seen = new Map<string, number>();
  for (const { event } of stored) {
    if (event.command === null) continue;
    const first = seen.get(event.command.id);
    if (first !== undefined)
      return [`the command ${event.command.id} was carried out twice: ${first} and ${event.seq}`];
    seen.set(event.command.id, event.seq);
  }
  return [];
}

/** A day as it was after its last event; null when it has no events, or cannot be read. */
export async function pastDay(tx: Read, key: DayKey): Promise<Day | null> {
  const stored = await eventsAfter(tx, key, 0);
  const day = unopenedDay(key);
  return stored.length > 0 && (await foldFaults(tx, day, stored, new Map())).length === 0 ? day : null;
}

type RulesByHash = Map<string, QueueConfiguration>;

/** Folds the events into the day; the rules that they name are added to those given. */
async function foldFaults(
  tx: Read,
  day: Day,
  stored: readonly StoredEvent[],
  configurations: RulesByHash,
): Promise<string[]> {
  for (const { event } of stored) {
    if (!('configuration' in event.body)) continue;
    const { configuration: hash } = event.body;
    const kept = await keptConfiguration(tx, hash);
    if (kept === null) return [`the rules ${hash} of event ${event.seq} are missing`];
    if (configurationHash(kept) !== hash) return [`the rules ${hash} of event ${event.seq} have been changed`];
    configurations.set(hash, readConfiguration(kept));
  }
  try {
    for (const { event } of stored) {
      evolve(day, event, (hash) => configurations.get(hash) ?? day.configuration);
      const twice = doubled(day);
      if (twice !== null) return [`after event ${event.seq} ${twice}`];
    }
  } catch (error) {
    if (error instanceof UnreadableEvent) return [error.message];
    throw error;
  }
  return [];
}

/** A number that two living visits hold, or a visit at two windows. */
function doubled(day: Day): string | null {
  const at = new Set<string>();
  for (const { visitId, windowId } of day.windows.values()) {
    if (visitId === null) continue;
    if (at.has(visitId)) return `the visit ${visitId} is at two windows, one of them ${windowId}`;
    at.add(visitId);
  }
  const last = [...day.visits.values()].at(-1);
  if (last === undefined || day.numbers.get(last.number) === last.visitId) return null;
  return OVER.has(last.state) ? null : `two visits have the number ${last.number}`;
}

async function rowFaults(tx: Read, day: Day, stored: readonly StoredEvent[]): Promise<string[]> {
  const { visits, steps } = changedRows(
    day,
    stored.map(({ event }) => event),
  );
  const kept = await rowsOfDay(tx, day.key);
  const faults: string[] = [];
  if (kept.visits.length !== visits.length)
    faults.push(`there are ${kept.visits.length} rows for ${visits.length} visits`);
  if (kept.steps.length !== steps.length) faults.push(`there are ${kept.steps.length} rows for ${steps.length} steps`);
  const states = new Map(kept.visits.map(({ visitId, state }) => [visitId, state]));
  for (const { visitId, number, state } of visits) {
    const found = states.get(visitId);
    if (found !== undefined && found !== state) faults.push(`the row of ${number} says ${found}, its events ${state}`);
  }
  return faults.slice(0, 5);
}

/** A snapshot from which a node would start must show what the events say. */
async function snapshotFaults(
  tx: Read,
  key: DayKey,
  stored: readonly StoredEvent[],
  rules: RulesByHash,
): Promise<string[]> {
  const shown = await snapshotState(tx, key);
  if (shown === null) return [];
  const day = unopenedDay(key);
  evolveAll(
    day,
    stored.slice(0, shown.seq).map(({ event }) => event),
    (hash) => rules.get(hash) ?? day.configuration,
  );
  return isDeepStrictEqual(shown, JSON.parse(JSON.stringify(snapshotOf(day))))
    ? []
    : [`the snapshot after event ${shown.seq} shows something else: a node would start from it; delete it`];
}

/** Who, of the specialists of these days, shows signs of choosing visitors: for a person to look at. */
export async function signsOf(tx: Read, keys: readonly DayKey[]): Promise<Suspicion[]> {
  const days = [];
  for (const key of keys) days.push((await eventsAfter(tx, key, 0)).map(({ event }) => event));
  return suspicions(signsIn(days));
}

/** The events of a day as the lines that its root is made of: one canonical JSON (RFC 8785) each. */
export async function exportDay(tx: Read, key: DayKey): Promise<string[]> {
  return (await eventsAfter(tx, key, 0)).map(({ event }) => leafOf(key, event));
}
