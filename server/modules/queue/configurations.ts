import {
  type KeptConfiguration,
  type QueueConfiguration,
  readConfiguration,
} from '../../../core/queue/configuration.ts';
import type { QueueEvent } from '../../../core/queue/events.ts';
import type { Db } from '../../platform/handles.ts';
import { configurationHash } from './chain.ts';
import { keepConfiguration, keptConfiguration } from './queries.ts';

/** The rules that days of this node go by, by the hash that their events name. */
export class Configurations {
  readonly #db: Db;
  readonly #known = new Map<string, QueueConfiguration>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** Throws for a hash that no day here has named. */
  readonly rules = (hash: string): QueueConfiguration => {
    const found = this.#known.get(hash);
    if (found === undefined) throw new Error(`no configuration ${hash}`);
    return found;
  };

  /** The rules of a hash, which were read from the database. */
  rulesAsKept(hash: string, kept: KeptConfiguration): QueueConfiguration {
    if (!this.#known.has(hash)) this.#known.set(hash, readConfiguration(kept));
    return this.rules(hash);
  }

  /** Reads the rules that these events or commands name. */
  async learn(events: readonly Pick<QueueEvent, 'body'>[]): Promise<void> {
    for (const { body } of events) {
      if (!('configuration' in body) || this.#known.has(body.configuration)) continue;
      const kept = await this.#db.read((tx) => keptConfiguration(tx, body.configuration));
      if (kept !== null) this.#known.set(body.configuration, readConfiguration(kept));
    }
  }

  /** Keeps rules; gives their hash. */
  async keep(configuration: QueueConfiguration): Promise<string> {
    const hash = configurationHash(configuration);
    await this.#db.writeNow((tx) => keepConfiguration(tx, hash, configuration));
    if (!this.#known.has(hash)) this.#known.set(hash, configuration);
    return hash;
  }

  hashOf(configuration: QueueConfiguration): string | null {
    for (const [hash, known] of this.#known) if (known === configuration) return hash;
    return null;
  }
}
