import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { merkleRoot } from './merkle.ts';

const sha = (...parts: (string | Buffer)[]) =>
  hash('sha256', Buffer.concat(parts.map((part) => Buffer.from(part))), 'buffer') as Buffer;
const leaf = (text: string) => sha(Buffer.from([0]), text);
const node = (left: Buffer, right: Buffer) => sha(Buffer.from([1]), left, right);

test('the tree of RFC 6962: of nothing, of one, and split at the largest power of two', () => {
  expect(merkleRoot([]).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(merkleRoot(['']).toString('hex')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map(leaf) as [Buffer, Buffer, Buffer, Buffer, Buffer];
  expect(merkleRoot(['a', 'b', 'c'])).toEqual(node(node(a, b), c));
  expect(merkleRoot(['a', 'b', 'c', 'd', 'e'])).toEqual(node(node(node(a, b), node(c, d)), e));
});
