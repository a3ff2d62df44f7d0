/**
 * A proof of work against floods: somebody who has asked for very many times finds a number that, put behind the challenge, hashes
 * (SHA-256) to so many leading zero bits. A second or two for a telephone, hours for who wants thousands.
 */
export const WORK_BITS = 16;

/** How many bits at the beginning of a hash are zero. */
export function leadingZeroBits(hash: Uint8Array): number {
  let bits = 0;
  for (const byte of hash) {
    if (byte === 0) {
      bits += 8;
      continue;
    }
    return bits + Math.clz32(byte) - 24;
  }
  return bits;
}

/** What is hashed for a try. */
export function workText(challenge: string, nonce: number): string {
  return `${challenge}:${nonce}`;
}
