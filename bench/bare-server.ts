import fastify from 'fastify';
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { Worker } from 'node:worker_threads';
import type { AddressInfo } from 'node:net';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import pg from 'pg';
import { timed } from './bench.ts';

/** A Fastify route that does one INSERT and nothing else: what HTTP and a commit cost by themselves. */
export interface BareServer {
  /** Requests a second of so many clients. */
  rate(clients: number, requests: number): Promise<number>;
  stop(): Promise<void>;
}

/** Runs in a thread of its own, as the nodes run in processes of their own. */
export async function startBareServer(connection: pg.ClientConfig): Promise<BareServer> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { bareServer: connection } });
  const port = await new Promise<number>((resolve, reject) => {
    worker.on('message', resolve);
    worker.on('error', reject);
  });
  return {
    rate: async (clients, requests) => {
      const agent = new http.Agent({ keepAlive: true, maxSockets: clients });
      let left = requests;
      const client = async () => {
        while (left-- > 0) await post(agent, port, JSON.stringify({ commandId: randomUUID() }));
      };
      const elapsed = await timed(() => Promise.all(Array.from({ length: clients }, client)));
      agent.destroy();
      return (requests / elapsed) * 1_000;
    },
    stop: async () => {
      await worker.terminate();
    },
  };
}

function post(agent: http.Agent, port: number, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const request = http.request({ agent, hostname: '127.0.0.1', port, method: 'POST', path: '/rows', headers }, (response) => {
      response.resume();
      response.on('end', resolve);
    });
    request.on('error', reject);
    request.end(body);
  });
}

const asked = (workerData as { bareServer?: pg.ClientConfig } | null)?.bareServer;
if (!isMainThread && asked !== undefined) {
  const pool = new pg.Pool({ ...asked, max: 16 });
  const app = fastify();
  app.post<{ Body: { commandId: string } }>('/rows', async ({ body }) => {
    await pool.query({ name: 'bare', text: 'insert into bench_row (id, body) values ($1, $2)', values: [body.commandId, JSON.stringify(body)] });
    return { ok: true };
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  parentPort?.postMessage((app.server.address() as AddressInfo).port);
}
