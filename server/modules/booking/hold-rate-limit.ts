import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Allowance } from '../../../core/access/allowance.ts';
import { type Asker, mayAt } from '../../../core/access/asker.ts';
import { netOf } from '../../../core/access/net.ts';
import { EVERYWHERE } from '../../../core/access/scope.ts';
import { leadingZeroBits, WORK_BITS, workText } from '../../../core/booking/work.ts';
import { refuse } from '../../../core/problems.ts';
import { MINUTE } from '../../../core/time/instant.ts';
import { openMeasures } from '../../platform/measures.ts';

/** Holds from one address that need no proof: a family, an office behind one address; one more every half a minute. */
const FREE: Allowance = { burst: 20, perSecond: 1 / 30 };
const CHALLENGE_LIFE_MS = 10 * MINUTE;
const KEPT_MAX = 100_000;

/** A number that was found for a challenge. */
export interface Proof {
  readonly challenge: string;
  readonly nonce: number;
}

/** Lets passers-by hold times freely up to a measure, and beyond it for a proof of work each. Throws proof-needed. */
export type HoldRateLimit = (asker: Asker, address: string, proof: Proof | null) => void;

export function openHoldRateLimit(secret: Buffer): HoldRateLimit {
  const measures = openMeasures();
  /** Each challenge is good once. One of before is over by the time it is forgotten. */
  const used = new Map<string, number>();
  const useUp = (challenge: string, now: number) => {
    for (const [known, at] of used) {
      if (at > now - CHALLENGE_LIFE_MS && used.size < KEPT_MAX) break;
      used.delete(known);
    }
    used.set(challenge, now);
  };
  return (asker, address, proof) => {
    if (asker.kind !== 'nobody' || mayAt(asker, 'operate', EVERYWHERE)) return;
    const now = performance.now();
    const net = netOf(address);
    if (measures.hasRoom(net, FREE)) return;
    if (proof !== null && !used.has(proof.challenge) && isProof(secret, net, proof, now))
      return useUp(proof.challenge, now);
    refuse('proof-needed', { challenge: challengeFor(secret, net, now), bits: WORK_BITS });
  };
}

/** Until when it is good, something that nobody foresees, and our sign over both and the address: nothing is kept of it. */
function challengeFor(secret: Buffer, address: string, now: number): string {
  const head = `${Math.floor(now + CHALLENGE_LIFE_MS)}.${randomBytes(12).toString('base64url')}`;
  return `${head}.${signOf(secret, address, head)}`;
}

function isProof(secret: Buffer, address: string, { challenge, nonce }: Proof, now: number): boolean {
  const [until = '', chance = '', sign = ''] = challenge.split('.');
  const right = Buffer.from(signOf(secret, address, `${until}.${chance}`));
  const given = Buffer.from(sign);
  if (right.length !== given.length || !timingSafeEqual(right, given) || Number(until) < now) return false;
  return leadingZeroBits(createHash('sha256').update(workText(challenge, nonce)).digest()) >= WORK_BITS;
}

function signOf(secret: Buffer, address: string, head: string): string {
  return createHmac('sha256', secret).update('work').update(address).update(head).digest('base64url').slice(0, 22);
}
