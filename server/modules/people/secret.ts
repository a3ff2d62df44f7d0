import { hash, randomBytes, randomInt } from 'node:crypto';

/** Signs that nobody mistakes for one another when they are read aloud or written by hand. */
const SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A secret for a program to keep: 256 bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** A code for a person to type, in groups of four. */
export function newCode(signs: number): string {
  const code = Array.from({ length: signs }, () => SIGNS[randomInt(SIGNS.length)]).join('');
  return code.replaceAll(/(.{4})(?=.)/g, '$1-');
}

/** What is kept of a secret or code. Small letters and dashes of a code do not matter. */
export function hashOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer') as Buffer;
}

export function hashOfCode(code: string): Buffer {
  return hashOf(code.toUpperCase().replaceAll(/[^0-9A-Z]/g, ''));
}
