/**
 * The first and the last byte that a film player asks for (RFC 9110, 14.2), of `size` bytes. A header that is no range of bytes is passed over, and so
 * are several ranges at once: the whole is an answer to both. A range behind the end cannot be given.
 */
export function byteRange(
  range: string | undefined,
  size: number,
): readonly [from: number, to: number] | 'whole' | 'unsatisfiable' {
  const [, first = '', last = ''] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(range ?? '') ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const length = Number(last);
    return length === 0 || size === 0 ? 'unsatisfiable' : [Math.max(0, size - length), size - 1];
  }
  const from = Number(first);
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  // A last byte before the first makes no range at all.
  if (last !== '' && Number(last) < from) return 'unsatisfiable';
  return from >= size ? 'unsatisfiable' : [from, to];
}
