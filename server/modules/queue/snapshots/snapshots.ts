import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeptConfiguration, QueueConfiguration } from '../../../../core/queue/configuration.ts';
import type { DayKey } from '../../../../core/queue/ids.ts';
import { type DaySnapshot, dayOf, snapshotOf } from '../../../../core/queue/snapshot.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Db, Read } from '../../../platform/handles.ts';
import { emptyStream, type Stream } from '../stream.ts';
import { dropSnapshotsBefore, keepSnapshot, type KeptSnapshot, snapshotsOfDays } from './queries.ts';

/** The number of events after which a new snapshot is taken: folding them takes a few milliseconds. */
const EVENTS_BETWEEN = 1_000;
/** When a node stops, days that have gone on by so many are. */
const EVENTS_AT_THE_END = 100;
/** Between two snapshots: each holds up the node for some milliseconds, and is a megabyte to be thrown away. */
const PAUSE_MS = 2_000;

interface SnapshotsSetting {
  readonly db: Db;
  /** The rules of a hash, as they are kept. */
  rules(hash: string, kept: KeptConfiguration): QueueConfiguration;
  hashOf(configuration: QueueConfiguration): string | null;
  log(message: string, error?: unknown): void;
}

/** Snapshots of running days: a node that starts reads them and the few events after them instead of folding whole days. */
export class Snapshots {
  readonly #setting: SnapshotsSetting;
  readonly #fold = foldHash();
  /** The place of each day's newest snapshot that this node knows. */
  readonly #seqs = new Map<Stream, number>();
  #nextAt = 0;
  #busy = false;

  constructor(setting: SnapshotsSetting) {
    this.#setting = setting;
  }

  /** The snapshots of days from which this code may go on. The events after them are still to be read. */
  read(keys: readonly DayKey[]): Promise<KeptSnapshot[]> {
    return this.#setting.db.read((tx) => snapshotsOfDays(tx, keys, this.#fold));
  }

  /** A day as its snapshot shows it. */
  open({ key, seq, chain, configuration, rules, body }: KeptSnapshot): Stream {
    const day = dayOf(key, JSON.parse(body) as DaySnapshot, this.#setting.rules(configuration, rules));
    const stream = { ...emptyStream(key), day, chain };
    this.#seqs.set(stream, seq);
    return stream;
  }

  /** Snapshots one of the days that have gone on far enough, if it is time to. */
  takeOne(streams: Iterable<Stream>): void {
    if (this.#busy || performance.now() < this.#nextAt) return;
    for (const stream of streams) {
      if (this.#behind(stream) < EVENTS_BETWEEN) continue;
      this.#busy = true;
      void this.#take(stream).finally(() => {
        this.#busy = false;
        this.#nextAt = performance.now() + PAUSE_MS;
      });
      return;
    }
  }

  /** Snapshots all days that have gone on, before the node stops; ends with the first that cannot be kept. Nothing may be written any more. */
  async takeAll(streams: Iterable<Stream>): Promise<void> {
    const left = [...streams].filter((stream) => this.#behind(stream) >= EVENTS_AT_THE_END);
    const take = async () => {
      for (let stream = left.pop(); stream !== undefined; stream = left.pop())
        if (!(await this.#take(stream))) left.length = 0;
    };
    await Promise.all([take(), take()]);
  }

  forget(stream: Stream): void {
    this.#seqs.delete(stream);
  }

  dropBefore(day: CivilDate): Promise<void> {
    return this.#setting.db.write((tx) => dropSnapshotsBefore(tx, day));
  }

  /** By how many events the day has gone on since its snapshot; while it is being written nobody may look at it. */
  #behind(stream: Stream): number {
    const { day, inFlight, entries } = stream;
    return inFlight || entries.length > 0 || day.state === 'closed' ? 0 : day.seq - (this.#seqs.get(stream) ?? 0);
  }

  /** False when the snapshot could not be kept, which is no harm: the events are there. */
  async #take(stream: Stream): Promise<boolean> {
    const { key, day, chain } = stream;
    const configuration = this.#setting.hashOf(day.configuration);
    if (configuration === null) return true;
    const { seq } = day;
    this.#seqs.set(stream, seq);
    const body = JSON.stringify(snapshotOf(day));
    try {
      await this.#setting.db.write((tx) => keepSnapshot(tx, key, this.#fold, { seq, chain, configuration, body }));
      return true;
    } catch (error) {
      this.#setting.log(`no snapshot of day ${key.centreId}/${key.day} was kept`, error);
      return false;
    }
  }
}

/** What the snapshot of a day shows, if there is one that this code would start from. */
export async function snapshotState(tx: Read, key: DayKey): Promise<DaySnapshot | null> {
  const [kept] = await snapshotsOfDays(tx, [key], foldHash());
  return kept === undefined ? null : (JSON.parse(kept.body) as DaySnapshot);
}

/** What the fold is made of: a snapshot is read only by the very code that took it. */
function foldHash(): string {
  const folder = join(import.meta.dirname, '../../../../core/queue');
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).toSorted())
    if (/^[\w-]+\.[jt]s$/.test(file)) hash.update(file).update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}
