import type { FastifyInstance } from 'fastify';
import type { Instant } from '../../core/time/instant.ts';
import type { Clock } from './clock.ts';
import type { Db } from './handles.ts';
import type { Job } from './jobs.ts';
import type { Log } from './log.ts';
import type { Outward } from './public-http.ts';
import type { Vault } from './vault.ts';
import type { Watch } from './ticker.ts';

/**
 * What every module is opened with. A module that keeps something in memory for the modules above it extends this: `NetworkContext` adds the
 * directory of centres, `HallContext` the running halls, and so on upwards.
 */
export interface Context {
  /** The server on which a module registers its routes. */
  readonly http: FastifyInstance;
  readonly db: Db;
  readonly clock: Clock;
  /** What the clock shows. */
  now(): Instant;
  /** True over the real clock; a demo and a replay mark their data and send nothing out. */
  readonly isReal: boolean;
  readonly log: Log;
  readonly vault: Vault;
  /** The seconds of this node, shared by every part that looks at something again and again. */
  readonly watch: Watch;
  /** Requests to the public internet. */
  readonly outward: Outward;
  /** Where residents find the city's site, as messages name it; null where the installation has none. */
  readonly siteUrl: string | null;
  /** Registers what closes with the node; what was opened last closes first. */
  onClose(close: () => unknown): void;
  /** Registers work that the node repeats while it runs. */
  addJob(job: Job): void;
}
