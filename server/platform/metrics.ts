import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { NodeFigures } from '../../contract/platform.ts';
import type { Database } from './database.ts';

/** What is measured of a node for Prometheus. */
interface Metrics {
  /** Serves `/metrics`; gives the address and the way to stop. */
  listen(host: string, port: number): Promise<{ url: string; close: () => Promise<void> }>;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** What a node says of itself: `total` only grows and is asked for as a rate, `now` goes up and down. */
const FIGURES: Readonly<Record<keyof NodeFigures, readonly [kind: 'total' | 'now', help: string]>> = {
  nodes: ['now', 'Living nodes, this one included'],
  days: ['now', 'Days in memory'],
  daysUnreadable: ['now', 'Days that cannot be read; each stops its own centre'],
  daysSetAside: ['now', 'Days that cannot be closed or sealed; each is left alone'],
  decisions: ['total', 'Decisions since the start'],
  collisions: ['total', 'Decisions that met a day moved by another node'],
  attemptsMax: ['now', 'The most decisions one command has taken'],
  forwarded: ['total', 'Commands sent to other nodes'],
  partsFreed: ['total', 'Parts that were under way too long: their days were read again'],
};

/** Measures requests by route (never by address or parameter), the process, the pool, and what the node does. */
export function openMetrics(
  app: FastifyInstance,
  database: Database,
  figures: () => NodeFigures,
  ready: () => Promise<boolean>,
  version: string,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'okno_build_info',
    help: 'Always 1; its labels say which program this is',
    labelNames: ['version', 'node'],
    registers: [registry],
  }).set({ version, node: process.versions.node }, 1);
  const requests = new Histogram({
    name: 'okno_request_seconds',
    help: 'How long a request took, by route and status',
    labelNames: ['route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = `${request.method} ${request.routeOptions.url ?? 'unknown'}`;
    requests.observe({ route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  });
  const gauge = (name: string, help: string, value: () => number | Promise<number>) =>
    new Gauge({
      name: `okno_${name}`,
      help,
      registers: [registry],
      async collect() {
        this.set(await value());
      },
    });
  const counter = (name: string, help: string, value: () => number) =>
    new Counter({
      name: `okno_${name}_total`,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(value());
      },
    });
  for (const [name, [kind, help]] of Object.entries(FIGURES)) {
    const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    (kind === 'total' ? counter : gauge)(snake, help, () => figures()[name as keyof NodeFigures]);
  }
  gauge('ready', '1 while the node can do its work', async () => Number(await ready()));
  gauge('pool_waiting', 'Requests that wait for a connection to the database', () => database.pool.waitingCount);
  gauge('backup_age_seconds', 'How old the newest backup is; -1: there is none', async () => {
    const newest =
      'select extract(epoch from clock_timestamp() - max(ended_at)) as age from backup_run where fault is null';
    return Number((await database.read((tx) => tx.query<{ age: string | null }>(newest))).rows[0]?.age ?? -1);
  });
  return { listen: (host, port) => listen(registry, host, port) };
}

async function listen(registry: Registry, host: string, port: number) {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${taken}/metrics`,
    close: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}
