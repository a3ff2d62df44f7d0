import { timingSafeEqual } from 'node:crypto';
import { slowHashes } from '../../platform/hashing/slow-hash.ts';
import type { StaffCode } from './queries.ts';

const derive = (code: string, salt: Buffer, bytes: number, who: string) =>
  slowHashes.make({ kind: 'scrypt', message: code, salt, bytes }, who);
const CODE_BYTES = 32;

/** What is kept of a code: a salted hash that is slow to try. `who`: from where it is asked. Throws too-many-requests. */
export async function newStaffCode(code: string, salt: Buffer, who: string): Promise<StaffCode> {
  return { salt, hash: await derive(code, salt, CODE_BYTES, who) };
}

/** True when it is the code. Throws too-many-requests. */
export async function isStaffCode(code: string, { salt, hash }: StaffCode, who: string): Promise<boolean> {
  return timingSafeEqual(await derive(code, salt, CODE_BYTES, who), hash);
}
