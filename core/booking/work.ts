/**
 * A proof of work against floods: a client that has held very many times finds a number that, put behind the challenge, hashes
 * (SHA-256) to that many leading zero bits. It takes a telephone a second or two, and a client that wants thousands hours.
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
