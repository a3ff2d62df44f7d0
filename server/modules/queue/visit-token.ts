import { createHmac, timingSafeEqual } from 'node:crypto';
import { addDays, type CivilDate } from '../../../core/time/civil.ts';
import type { DayKey, VisitId } from '../../../core/queue/ids.ts';

const DAY_MS = 86_400_000;
const EPOCH = '1970-01-01' as CivilDate;
const PLACE_BYTES = 4 + 4 + 16;
const PROOF_BYTES = 16;

/** The centre, day and number of a visit. */
export interface VisitPlace {
  readonly key: DayKey;
  readonly visitId: VisitId;
}

/**
 * The secret of a visitor's own page: the place of the visit, and 128 bits that only this installation can make
 * (HMAC-SHA-256, cut). Nothing is stored: the holder of the token has the page, and nobody can guess another's.
 */
export function tokenOf(secret: Buffer, { key, visitId }: VisitPlace): string {
  const place = Buffer.alloc(PLACE_BYTES);
  place.writeUInt32BE(key.centreId, 0);
  place.writeUInt32BE(Date.parse(key.day) / DAY_MS, 4);
  Buffer.from(visitId.replaceAll('-', ''), 'hex').copy(place, 8);
  return Buffer.concat([place, proofOf(secret, place)]).toString('base64url');
}

/** The visit that a token is for; null for one that this installation did not make. */
export function readToken(secret: Buffer, token: string): VisitPlace | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== PLACE_BYTES + PROOF_BYTES) return null;
  const place = bytes.subarray(0, PLACE_BYTES);
  if (!timingSafeEqual(bytes.subarray(PLACE_BYTES), proofOf(secret, place))) return null;
  const hex = place.toString('hex', 8);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return {
    key: {
      centreId: place.readUInt32BE(0),
      day: addDays(EPOCH, place.readUInt32BE(4)),
    },
    visitId: parts.join('-'),
  };
}

function proofOf(secret: Buffer, place: Buffer): Buffer {
  return createHmac('sha256', secret).update('visit').update(place).digest().subarray(0, PROOF_BYTES);
}
