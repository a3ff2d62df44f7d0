import { scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { StaffCode } from './store.ts';

const derive = promisify(scrypt) as (code: string, salt: Buffer, bytes: number) => Promise<Buffer>;
const CODE_BYTES = 32;

/** What is kept of a code: a salted hash that is slow to try. */
export async function newStaffCode(code: string, salt: Buffer): Promise<StaffCode> {
  return { salt, hash: await derive(code, salt, CODE_BYTES) };
}

export async function isStaffCode(code: string, { salt, hash }: StaffCode): Promise<boolean> {
  return timingSafeEqual(await derive(code, salt, CODE_BYTES), hash);
}
