import fastify from 'fastify';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import pg from 'pg';
import { timed } from './bench.ts';
import { openLeanClient } from './lean-client.ts';

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
      let left = requests;
      const opened = await Promise.all(
        Array.from({ length: clients }, () => openLeanClient(`http://127.0.0.1:${port}`)),
      );
      const elapsed = await timed(() =>
        Promise.all(
          opened.map(async (client) => {
            while (left-- > 0) await client.send('POST', '/rows', JSON.stringify({ commandId: randomUUID() }));
          }),
        ),
      );
      for (const client of opened) client.close();
      return (requests / elapsed) * 1_000;
    },
    stop: async () => {
      await worker.terminate();
    },
  };
}

const asked = (workerData as { bareServer?: pg.ClientConfig } | null)?.bareServer;
if (!isMainThread && asked !== undefined) {
  const pool = new pg.Pool({ ...asked, max: 16 });
  const app = fastify();
  app.post<{ Body: { commandId: string } }>('/rows', async ({ body }) => {
    await pool.query({
      name: 'bare',
      text: 'insert into bench_row (id, body) values ($1, $2)',
      values: [body.commandId, JSON.stringify(body)],
    });
    return { ok: true };
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  parentPort?.postMessage((app.server.address() as AddressInfo).port);
}
