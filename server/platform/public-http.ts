import { lookup } from 'node:dns/promises';
import { type RequestOptions, request } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** How messages reach the outside: who resolves names, which addresses are allowed, whose certificates are trusted. */
export interface Outward {
  resolve(host: string): Promise<readonly string[]>;
  isAllowed(address: string): boolean;
  /** Certificates in addition to the public ones. */
  readonly ca?: string;
}

const ANSWER_WITHIN_MS = 5_000;
const ANSWER_BYTES_MAX = 64 * 1_024;

/** Everything that is not the open net: our own machine, our own network, and what has no host behind it. */
const CLOSED = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  CLOSED.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  CLOSED.addSubnet(net, bits, 'ipv6');

/** True for an address on the open net. */
export function isOpenAddress(address: string): boolean {
  const kind = isIP(address);
  // An old address in the form of a new one has no business in a message.
  if (/^::ffff:/i.test(address)) return false;
  return kind !== 0 && !CLOSED.check(address, kind === 4 ? 'ipv4' : 'ipv6');
}

export const OPEN_NET: Outward = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  isAllowed: isOpenAddress,
};

/** Why an address for messages cannot be used; null when it can be tried. */
export function urlFault(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'https:') return 'must be an address that begins with https://';
  if (url.username !== '' || url.password !== '') return 'must hold no password';
  const host = url.hostname.replaceAll(/[[\]]/g, '');
  return isIP(host) !== 0 && !isOpenAddress(host) ? 'must not be within this network' : null;
}

/** A name server may be as silent as anybody else. */
async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  const over = new AbortController();
  try {
    const late = wait(ANSWER_WITHIN_MS, undefined, { signal: over.signal, ref: false }).then(() => {
      throw new Error('the name was not resolved in time');
    });
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}

/**
 * Posts a message, JSON unless the headers say otherwise. The name is resolved once, every address that it has must be on the open net, and the connection goes to the
 * first of them and nowhere else; a redirection is an answer like others. Gives status and body; throws an Error that says why there is none.
 */
export async function post(
  text: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>>,
  outward: Outward,
): Promise<{ readonly status: number; readonly body: string }> {
  const fault = urlFault(text);
  const url = new URL(text);
  if (fault !== null && outward === OPEN_NET) throw new Error(fault);
  const host = url.hostname.replaceAll(/[[\]]/g, '');
  const addresses = isIP(host) === 0 ? await inTime(outward.resolve(host)) : [host];
  const [first] = addresses;
  if (first === undefined) throw new Error('the name has no address');
  if (!addresses.every((address) => outward.isAllowed(address)))
    throw new Error('the name leads into a closed network');
  const pinned: RequestOptions = {
    method: 'POST',
    host: first,
    servername: isIP(host) === 0 ? host : '',
    port: url.port === '' ? 443 : Number(url.port),
    path: url.pathname + url.search,
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
      host: url.host,
      'content-length': Buffer.byteLength(body),
    },
    timeout: ANSWER_WITHIN_MS,
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    ...(outward.ca !== undefined && { ca: outward.ca }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(pinned, (answer) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
        parts.push(part);
        if (bytes > ANSWER_BYTES_MAX) answer.destroy(new Error('the answer is too long'));
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.end(body);
  });
}
