import { hash, randomUUID } from 'node:crypto';
import type { CentreId } from '../../../../core/queue/ids.ts';
import type { Db } from '../../../platform/handles.ts';
import { heartbeat, leave, type NodeRow } from './queries.ts';

export interface MembershipSetting {
  readonly db: Db;
  readonly address: string;
  readonly version: string;
  /** Told when nodes came or went. */
  changed(): void;
  log(message: string, error?: unknown): void;
}

const HEARTBEAT_MS = 1_000;

/**
 * Who serves which centre: of the living nodes the one with the highest hash of its id and the centre's. Everybody
 * computes the same from the same list; when lists differ for a moment, two nodes decide and the key of the log chooses.
 */
export class Membership {
  readonly nodeId = randomUUID();
  readonly #setting: MembershipSetting;
  #living: readonly NodeRow[] = [];
  #owners = new Map<CentreId, NodeRow | null>();
  #timer: NodeJS.Timeout | null = null;
  #left = false;

  constructor(setting: MembershipSetting) {
    this.#setting = setting;
  }

  /** How many nodes live, this one included. */
  get nodes(): number {
    return this.#living.length + 1;
  }

  /** Joins the list; after it this node knows the others. */
  async join(): Promise<void> {
    await this.#beat();
    this.#timer = setInterval(() => {
      this.#beat().catch((error: unknown) => this.#setting.log('the heartbeat failed; trying again', error));
    }, HEARTBEAT_MS);
    this.#timer.unref();
  }

  /** Leaves the list, so that the others take over before this node stops. */
  async leave(): Promise<void> {
    this.#left = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#setting.db
      .writeNow((tx) => leave(tx, this.nodeId))
      .catch((error: unknown) =>
        this.#setting.log('this node could not leave the list; the others notice in three seconds', error),
      );
  }

  /** The node that a centre's commands go to; null when that is this one. */
  ownerOf(centreId: CentreId): NodeRow | null {
    const known = this.#owners.get(centreId);
    if (known !== undefined) return known;
    let owner: NodeRow | null = null;
    let highest = weight(this.nodeId, centreId);
    for (const node of this.#living) {
      const other = weight(node.nodeId, centreId);
      if (other > highest) [owner, highest] = [node, other];
    }
    this.#owners.set(centreId, owner);
    return owner;
  }

  /** A node did not answer: until the list says more it counts as gone. */
  lost({ nodeId }: NodeRow): void {
    this.#know(this.#living.filter((node) => node.nodeId !== nodeId));
  }

  async #beat(): Promise<void> {
    const { db, address, version } = this.#setting;
    const nodes = await db.writeNow((tx) => heartbeat(tx, { nodeId: this.nodeId, address }, version));
    if (this.#left) return;
    this.#know(nodes.filter((node) => node.nodeId !== this.nodeId));
  }

  #know(living: readonly NodeRow[]): void {
    const before = namesOf(this.#living);
    this.#living = living;
    if (namesOf(living) === before) return;
    this.#owners = new Map();
    this.#setting.changed();
  }
}

function namesOf(nodes: readonly NodeRow[]): string {
  return nodes
    .map(({ nodeId, address }) => `${nodeId}@${address}`)
    .toSorted()
    .join();
}

function weight(nodeId: string, centreId: CentreId): string {
  return hash('sha256', `${nodeId}/${centreId}`, 'hex');
}
