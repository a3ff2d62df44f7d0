import { appendFile } from 'node:fs/promises';
import type { DayKey } from '../../../../core/queue/ids.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import { leafOf } from '../chain.ts';
import { chainRoot, merkleRoot } from './merkle.ts';
import { keepSeal, type Seal, sealBefore, sealOfDay } from './store.ts';
import { eventsAfter, type Queries } from '../store.ts';

export interface SealerSetting {
  readonly queries: Queries;
  /** A file outside the database that gets a line for every seal; null: none. */
  readonly file: string | null;
  /** An address that is told of every seal by POST; null: none. */
  readonly witness: string | null;
  now(): Instant;
  log(message: string, error?: unknown): void;
}

const WITNESS_MS_MAX = 5_000;
const WITNESS_TRIES = 3;
const AGAIN_AFTER_MS = 10_000;

/** Seals closed days, one after another, and carries each root out of the database in the same minute. */
export class Sealer {
  readonly #setting: SealerSetting;
  /** The days that this node has sealed or compared since it began. */
  readonly #done = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();
  #ended = false;
  #published: Promise<unknown> = Promise.resolve();

  constructor(setting: SealerSetting) {
    this.#setting = setting;
  }

  /** Seals a day that is closed. A day that has been sealed is compared: another root is an alarm. */
  seal(key: DayKey): Promise<void> {
    const sealed = this.#last.then(() => this.#seal(key));
    this.#last = sealed.catch(() => {
      // The day will not be closed again: whoever owes it a seal tries until it has one.
      this.#done.delete(`${key.centreId}/${key.day}`);
      if (!this.#ended) setTimeout(() => void this.seal(key).catch(() => undefined), AGAIN_AFTER_MS).unref();
    });
    return sealed;
  }

  /** Waits until everything that was asked for is sealed. */
  async settled(): Promise<void> {
    this.#ended = true;
    await this.#last;
    await this.#published;
  }

  async #seal(key: DayKey): Promise<void> {
    const { queries, now, log } = this.#setting;
    const name = `${key.centreId}/${key.day}`;
    if (this.#done.has(name)) return;
    const known = await sealOfDay(queries, key);
    const events = await eventsAfter(queries, key, 0);
    if (events.at(-1)?.event.kind !== 'day-closed') return;
    this.#done.add(name);
    const root = merkleRoot(events.map(({ event }) => leafOf(key, event)));
    if (known === null) {
      const before = (await sealBefore(queries, key))?.chainRoot ?? null;
      const mine = { key, size: events.length, root, chainRoot: chainRoot(before, root), sealedAt: now() };
      const stands = await keepSeal(queries, mine);
      if (stands.root.equals(root)) this.#carryOut(stands);
    }
    const stands = known ?? (await sealOfDay(queries, key));
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
