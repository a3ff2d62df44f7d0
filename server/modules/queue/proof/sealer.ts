import { appendFile } from 'node:fs/promises';
import type { DayKey } from '../../../../core/queue/ids.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import { awayProblem } from '../../../platform/database-away.ts';
import type { Db } from '../../../platform/handles.ts';
import { leafOf } from '../chain.ts';
import { chainRoot, merkleRoot } from './merkle.ts';
import { keepSeal, type Seal, sealBefore, sealOfDay } from './queries.ts';
import { eventsAfter } from '../queries.ts';

export interface SealerSetting {
  readonly db: Db;
  /** A file outside the database that gets a line for every seal; null: none. */
  readonly file: string | null;
  /** An address that is told of every seal by POST; null: none. */
  readonly witness: string | null;
  now(): Instant;
  /** For how long a day that could not be sealed is left alone before it is tried again. */
  readonly againAfterMs?: number;
  log(message: string, error?: unknown): void;
}

const WITNESS_MS_MAX = 5_000;
const WITNESS_TRIES = 3;
const AGAIN_AFTER_MS = 10_000;
/** What fails so often in a row, with a database that answers, fails each time. */
const TRIES = 5;

/** Seals closed days, one after another, and carries each root out of the database in the same minute. */
export class Sealer {
  readonly #setting: SealerSetting;
  /** The days that this node has sealed or compared since it began. */
  readonly #done = new Set<string>();
  /** How often a day has failed in a row. */
  readonly #failures = new Map<string, number>();
  #last: Promise<unknown> = Promise.resolve();
  #ended = false;
  #published: Promise<unknown> = Promise.resolve();

  constructor(setting: SealerSetting) {
    this.#setting = setting;
  }

  /** Seals a day that is closed. A day that has been sealed is compared: another root is an alarm. */
  seal(key: DayKey): Promise<void> {
    if (this.#isSetAside(key)) return Promise.resolve();
    const sealed = this.#last.then(() => this.#seal(key));
    this.#last = sealed.then(
      () => this.#failures.delete(nameOf(key)),
      (error: unknown) => this.#failed(key, error),
    );
    return sealed;
  }

  /** Days that have no seal because each try to give them one has failed. */
  get setAside(): number {
    return [...this.#failures.values()].filter((times) => times >= TRIES).length;
  }

  /** The day will not be closed again: the one who owes it a seal tries again, but not for ever what fails each time. */
  #failed(key: DayKey, error: unknown): void {
    const { againAfterMs = AGAIN_AFTER_MS, log } = this.#setting;
    this.#done.delete(nameOf(key));
    // It may have been asked for more than once meanwhile: what is set aside is told of once.
    if (this.#isSetAside(key)) return;
    const before = this.#failures.get(nameOf(key)) ?? 0;
    const times = awayProblem(error) === null ? before + 1 : before;
    this.#failures.set(nameOf(key), times);
    if (this.#isSetAside(key)) {
      log(`day ${nameOf(key)} is set aside without a seal after ${times} tries; a start of a node tries again`, error);
      return;
    }
    if (!this.#ended) setTimeout(() => void this.seal(key).catch(() => undefined), againAfterMs).unref();
  }

  #isSetAside(key: DayKey): boolean {
    return (this.#failures.get(nameOf(key)) ?? 0) >= TRIES;
  }

  /** Waits until everything that was asked for is sealed. */
  async settled(): Promise<void> {
    this.#ended = true;
    await this.#last;
    await this.#published;
  }

  async #seal(key: DayKey): Promise<void> {
    const { db, now, log } = this.#setting;
    const name = nameOf(key);
    if (this.#done.has(name)) return;
    const known = await db.read((tx) => sealOfDay(tx, key));
    const events = await db.read((tx) => eventsAfter(tx, key, 0));
    if (events.at(-1)?.event.kind !== 'day-closed') return;
    this.#done.add(name);
    const root = merkleRoot(events.map(({ event }) => leafOf(key, event)));
    if (known === null) {
      const before = (await db.read((tx) => sealBefore(tx, key)))?.chainRoot ?? null;
      const mine = { key, size: events.length, root, chainRoot: chainRoot(before, root), sealedAt: now() };
      const stands = await db.write((tx) => keepSeal(tx, mine));
      if (stands.root.equals(root)) this.#carryOut(stands);
    }
    const stands = known ?? (await db.read((tx) => sealOfDay(tx, key)));
    if (stands !== null && !stands.root.equals(root)) {
      log(`ALARM: the events of centre ${key.centreId} on ${key.day} do not have the root of their seal`);
    }
  }

  /** In the order of sealing, but a witness that is silent holds up no seal. */
  #carryOut(seal: Seal): void {
    this.#published = this.#published.then(() => this.#publish(seal));
  }

  async #publish(seal: Seal): Promise<void> {
    const { file, witness, log } = this.#setting;
    const line = JSON.stringify(sealFields(seal));
    if (file !== null) {
      await appendFile(file, `${line}\n`).catch((error: unknown) =>
        log('a seal could not be written to its file', error),
      );
    }
    if (witness !== null) {
      await tell(witness, line).catch((error: unknown) => log('the witness of the seals could not be told', error));
    }
  }
}

function nameOf({ centreId, day }: DayKey): string {
  return `${centreId}/${day}`;
}

/** A seal as it is published. */
export function sealFields({ key, size, root, chainRoot: chained, sealedAt }: Seal) {
  return {
    centreId: key.centreId,
    day: key.day,
    size,
    root: root.toString('hex'),
    chainRoot: chained.toString('hex'),
    sealedAt,
  };
}

async function tell(address: string, body: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const signal = AbortSignal.timeout(WITNESS_MS_MAX);
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(address, { method: 'POST', body, headers, signal, redirect: 'error' });
      if (!answer.ok) throw new Error(`the witness answered ${answer.status}`);
      return;
    } catch (error) {
      if (attempt >= WITNESS_TRIES) throw error;
    }
  }
}
