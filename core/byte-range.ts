/** The first and the last byte that a film player asks for (RFC 9110, 14.2: one range), within `size` bytes. */
export function byteRange(range: string | undefined, size: number): [from: number, to: number] {
  const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  const first = Math.min(Number(from), size - 1);
  return [first, to === '' ? size - 1 : Math.min(Number(to), size - 1)];
}
