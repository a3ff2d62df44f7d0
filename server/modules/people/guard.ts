import type { FastifyInstance, FastifyRequest } from 'fastify';
import type pg from 'pg';
import { type Allowance, type Bucket, spend } from '../../../core/access/allowance.ts';
import { ANYBODY, mayDo, type Right } from '../../../core/access/roles.ts';
import { refuse } from '../../../core/problems.ts';
import type { Route } from '../../../contract/contract.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { openKeys } from './keys.ts';

/** A window or kiosk asks a few times a second at most; whoever asks more is broken or up to something. */
const DEVICE: Allowance = { burst: 100, perSecond: 20 };
/** All who have no key share their address: a whole hall of telephones may be behind one. */
const ADDRESS: Allowance = { burst: 600, perSecond: 100 };
const BUCKETS_MAX = 100_000;

export interface GuardSetting {
  readonly queries: Pick<pg.Pool, 'query'>;
  /** The centre in whose hall a centre receives: a key of one is good for both. */
  hallOf(centreId: CentreId): Promise<CentreId>;
}

/**
 * Lets a request pass only with a key whose role has the route's right, at the key's own centre, and not more often than
 * a device may ask. Without a key one may look, and act on a visit whose secret one has.
 */
export function guardRequests(app: FastifyInstance, { queries, hallOf }: GuardSetting): void {
  const keys = openKeys(queries);
  const buckets = new Map<string, Bucket>();
  const count = (who: string, allowance: Allowance) => {
    const bucket = spend(allowance, buckets.get(who) ?? null, performance.now());
    if (bucket === null) return refuse('too-many-requests', {});
    if (buckets.size >= BUCKETS_MAX) buckets.clear();
    buckets.set(who, bucket);
  };
  app.addHook('preHandler', async (request) => {
    const right = rightOf(request);
    if (right === null) return;
    const key = keyIn(request);
    if (key === null) {
      count(`address ${request.ip}`, ADDRESS);
      if (!ANYBODY.includes(right)) return refuse('key-needed', {});
      return;
    }
    const holder = await keys.holder(key);
    if (holder === null) {
      count(`address ${request.ip}`, ADDRESS);
      return refuse('unknown-key', {});
    }
    count(`key ${holder.name}`, DEVICE);
    if (!mayDo(holder.role, right)) return refuse('role-not-enough', { role: holder.role, right });
    const { centreId } = request.params as { centreId?: CentreId };
    if (holder.centreId === null || centreId === undefined || ANYBODY.includes(right)) return;
    if ((await hallOf(centreId)) !== (await hallOf(holder.centreId))) return refuse('foreign-centre', { centreId });
  });
}

function rightOf({ routeOptions, body }: FastifyRequest): Right | null {
  const { right = null, stricter = null } = routeOptions.config as Partial<Pick<Route, 'right' | 'stricter'>>;
  return stricter !== null && (body as Record<string, unknown>)[stricter.member] === true ? stricter.right : right;
}

function keyIn({ headers: { authorization } }: FastifyRequest): string | null {
  return /^Bearer ([\w-]{20,100})$/.exec(authorization ?? '')?.[1] ?? null;
}
