import type { FastifyInstance } from 'fastify';
import { BlockList, isIPv6, type Socket } from 'node:net';
import type { Door } from './door.ts';

/** A hall of telephones behind one address is a few hundred; a proxy that was named brings a whole city. */
const CONNECTIONS_PER_ADDRESS = 1_000;
const CONNECTIONS_MAX = 20_000;

/** Takes no more connections than a node can hold, and from nobody more than a share of them. */
export function limitConnections(app: FastifyInstance, { behindProxy, connectionsPerAddress }: Door): void {
  const most = connectionsPerAddress ?? CONNECTIONS_PER_ADDRESS;
  const proxies = listOf(behindProxy);
  const held = new Map<string, number>();
  app.server.maxConnections = CONNECTIONS_MAX;
  app.server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    if (proxies.check(plain(address), isIPv6(plain(address)) ? 'ipv6' : 'ipv4')) return;
    const neighbours = neighboursOf(address);
    const before = held.get(neighbours) ?? 0;
    if (before >= most) {
      socket.destroy();
      return;
    }
    held.set(neighbours, before + 1);
    socket.once('close', () => {
      const left = (held.get(neighbours) ?? 1) - 1;
      if (left === 0) held.delete(neighbours);
      else held.set(neighbours, left);
    });
  });
}

function listOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [net = '', bits] = cidr.split('/');
    const family = isIPv6(net) ? 'ipv6' : 'ipv4';
    list.addSubnet(net, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  }
  return list;
}

/** `::ffff:192.0.2.1` is 192.0.2.1. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

/** One house has a whole /64 of IPv6. */
function neighboursOf(address: string): string {
  const known = plain(address);
  if (!isIPv6(known)) return known;
  const [head = '', tail = ''] = known.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = known.includes('::') ? Array.from({ length: 8 - left.length - right.length }, () => '0') : [];
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}
