import { ProblemError, problem } from '../../../../core/problems.ts';
import type { Command } from '../../../../core/queue/commands.ts';
import type { CentreId, DayKey } from '../../../../core/queue/ids.ts';
import type { QueueEvent } from '../../../../core/queue/events.ts';
import type { Db } from '../../../platform/handles.ts';
import { type Answer, Exchange } from './exchange.ts';
import { Membership } from './membership.ts';

export interface NeighboursSetting {
  readonly db: Db;
  /** Where the other nodes reach this one. */
  readonly host: string;
  readonly version: string;
  /** What nodes of one installation share. */
  readonly secret: Buffer;
  /** Decides a command here, because another node asks. */
  carryOutHere(key: DayKey, command: Command): Promise<readonly QueueEvent[]>;
  /** Told when this node serves other centres than before. */
  changed(): void;
  log(message: string, error?: unknown): void;
}

/** The other nodes of this installation. */
export interface Neighbours {
  /** Has the node that serves the centre decide; null when this node serves it. */
  elsewhere(key: DayKey, command: Command): Promise<Answer> | null;
  serves(centreId: CentreId): boolean;
  /** How many nodes live, this one included. */
  nodes(): number;
  /** Leaves the list; what others still send is still answered. */
  leave(): Promise<void>;
  close(): void;
}

/** Joins the nodes of this installation. Ownership is for speed: whichever node decides, the key of the log has the last word. */
export async function openNeighbours(setting: NeighboursSetting): Promise<Neighbours> {
  const { db, host, version, secret, changed, log } = setting;
  const decide = async (key: DayKey, command: Command): Promise<Exclude<Answer, { kind: 'unreached' }>> => {
    try {
      return { kind: 'events', events: await setting.carryOutHere(key, command) };
    } catch (error) {
      if (!(error instanceof ProblemError)) log('a command of another node failed', error);
      return { kind: 'problem', problem: error instanceof ProblemError ? error.problem : problem('internal', {}) };
    }
  };
  const exchange = new Exchange(secret, (node) => membership.lost(node));
  const port = await exchange.listen(host, decide);
  const membership = new Membership({ db, address: `${host}:${port}`, version, changed, log });
  await membership.join();
  return {
    elsewhere: (key, command) => {
      const owner = membership.ownerOf(key.centreId);
      return owner === null ? null : exchange.ask(owner, key, command);
    },
    serves: (centreId) => membership.ownerOf(centreId) === null,
    nodes: () => membership.nodes,
    leave: () => membership.leave(),
    close: () => exchange.close(),
  };
}
