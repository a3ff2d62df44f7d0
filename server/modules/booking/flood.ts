import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Allowance, type Bucket, spend } from '../../../core/access/allowance.ts';
import { type Asker, mayAt } from '../../../core/access/asker.ts';
import { EVERYWHERE } from '../../../core/access/scope.ts';
import { leadingZeroBits, WORK_BITS, workText } from '../../../core/booking/work.ts';
import { refuse } from '../../../core/problems.ts';
import { MINUTE } from '../../../core/time/instant.ts';

/** So many holds from one address are free: a family, an office behind one address; one more every half a minute. */
const FREE: Allowance = { burst: 20, perSecond: 1 / 30 };
const CHALLENGE_LIFE_MS = 10 * MINUTE;
const KEPT_MAX = 100_000;

/** A number that was found for a challenge. */
export interface Proof {
  readonly challenge: string;
  readonly nonce: number;
}

/** Lets passers-by hold times freely up to a measure, and beyond it for a proof of work each. Throws proof-needed. */
export type FloodGate = (asker: Asker, address: string, proof: Proof | null) => void;

export function openFloodGate(secret: Buffer): FloodGate {
  const buckets = new Map<string, Bucket>();
  const used = new Set<string>();
  return (asker, address, proof) => {
    if (asker.kind !== 'nobody' || mayAt(asker, 'operate', EVERYWHERE)) return;
    const now = performance.now();
    const bucket = spend(FREE, buckets.get(address) ?? null, now);
    if (bucket !== null) {
      if (buckets.size >= KEPT_MAX) buckets.clear();
      buckets.set(address, bucket);
      return;
    }
    if (proof !== null && !used.has(proof.challenge) && isProof(secret, address, proof, now)) {
      if (used.size >= KEPT_MAX) used.clear();
      used.add(proof.challenge);
      return;
    }
    refuse('proof-needed', { challenge: challengeFor(secret, address, now), bits: WORK_BITS });
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
