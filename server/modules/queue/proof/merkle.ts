import { hash } from 'node:crypto';

/** 32 bytes of SHA-256. */
export type Root = Buffer;

/** The root of the Merkle tree over the leaves in their order: RFC 6962, section 2.1. Without leaves: the hash of nothing. */
export function merkleRoot(leaves: readonly string[]): Root {
  if (leaves.length === 0) return sha256(Buffer.alloc(0));
  let level = leaves.map((leaf) => sha256(Buffer.concat([LEAF, Buffer.from(leaf)])));
  // The tree of section 2.1 splits at the largest power of two: level by level, with the odd one carried up.
  while (level.length > 1) {
    const next: Buffer[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const left = level[index] as Buffer;
      const right = level[index + 1];
      next.push(right === undefined ? left : sha256(Buffer.concat([NODE, left, right])));
    }
    level = next;
  }
  return level[0] as Buffer;
}

/** The roots of all days up to this one in one: what has to be published to fix the past. */
export function chainRoot(before: Root | null, root: Root): Root {
  return sha256(Buffer.concat([before ?? Buffer.alloc(32), root]));
}

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

function sha256(bytes: Buffer): Buffer {
  return hash('sha256', bytes, 'buffer') as Buffer;
}
