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

// The leaves and roots with which the reference program of Certificate Transparency tests RFC 6962 (merkletree tests, by hexadecimal digits).
test.each([
  [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  [4, 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
  [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  [6, '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
  [7, 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
])('the published root of the first %i leaves', (count, root) => {
  const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const texts = leaves.slice(0, count).map((digits) => Buffer.from(digits, 'hex').toString('latin1'));
  expect(merkleRoot(texts).toString('hex')).toBe(root);
});
