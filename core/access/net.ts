/** The members of an address of the sixth version, eight of them; null for anything else. */
function partsOf(address: string): readonly number[] | null {
  const [plain = ''] = address.split('%');
  const dotted = /^(.*:)(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(plain);
  const text =
    dotted === null
      ? plain
      : `${dotted[1]}${(Number(dotted[2]) * 256 + Number(dotted[3])).toString(16)}:${(Number(dotted[4]) * 256 + Number(dotted[5])).toString(16)}`;
  const halves = text.split('::');
  if (halves.length > 2 || !text.includes(':')) return null;
  const [before = [], after = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - before.length - after.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const parts = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  return parts.every((part) => /^[0-9a-f]{1,4}$/i.test(part)) ? parts.map((part) => Number.parseInt(part, 16)) : null;
}

const IPV4_WITHIN = '0,0,0,0,0,65535';

function prefixOf(address: string, bits: 56 | 64): string {
  const parts = partsOf(address);
  if (parts === null) return address;
  // The fourth version in the clothes of the sixth, as a socket for both shows it.
  if (parts.slice(0, 6).join(',') === IPV4_WITHIN) {
    const [high = 0, low = 0] = parts.slice(6);
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  }
  const [a = 0, b = 0, c = 0, d = 0] = parts;
  return `${[a, b, c, bits === 64 ? d : d & 0xff00].map((part) => part.toString(16)).join(':')}::/${bits}`;
}

/** The unit that shares a limit of requests: one address of the fourth version, or a /64 of the sixth, which one telephone has to itself. */
export function netOf(address: string): string {
  return prefixOf(address, 64);
}

/** What one customer of a provider is given: a /56 of the sixth version; of the fourth the address. */
export function wideNetOf(address: string): string {
  return prefixOf(address, 56);
}
