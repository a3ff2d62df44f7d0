import http from 'node:http';
import type { Call } from './client.ts';
import { requestOf } from './client.ts';

/** The server refused: its problem, as it came over the wire. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, body: { code?: string; detail?: string }) {
    super(body.detail ?? `HTTP ${status}`);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = body.code ?? 'unknown';
  }
}

/** A caller of the API over so many kept connections. Throws ApiProblem, or the network's error. */
export function openApi(url: string, connections: number): { call: Call; close: () => void } {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  const { hostname, port } = new URL(url);
  const call = (name: Parameters<Call>[0], input: object) =>
    new Promise<unknown>((resolve, reject) => {
      const { method, path, body } = requestOf(name, input);
      const headers = {
        'accept-language': 'en',
        ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      };
      const request = http.request({ agent, hostname, port, method, path, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const status = response.statusCode ?? 0;
          try {
            const reply = (text === '' ? {} : JSON.parse(text)) as { code?: string; detail?: string };
            if (status < 300) resolve(text === '' ? undefined : reply);
            else reject(new ApiProblem(status, reply));
          } catch (error) {
            reject(new Error(`${name}: the answer is no JSON (${status})`, { cause: error }));
          }
        });
      });
      request.on('error', reject);
      request.end(body ?? undefined);
    });
  return { call: call as Call, close: () => agent.destroy() };
}
