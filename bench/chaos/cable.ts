import { createServer, connect, type Server, type Socket } from 'node:net';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The line between a node and the database: a socket that hands everything on until it is cut or stalls. */
export interface Cable {
  /** The folder in which a PostgreSQL client finds the socket. */
  readonly host: string;
  /** Breaks every connection, and takes no new one until it is mended. */
  cut(): void;
  /** Hands nothing on, in either direction, until it is mended; connections stay open, as when packets are lost. */
  stall(): void;
  mend(): void;
  close(): Promise<void>;
}

const SOCKET = '.s.PGSQL.5432';

/** Opens a line in a folder to the PostgreSQL server whose socket is in another. */
export async function openCable(host: string, serverHost: string): Promise<Cable> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let isCut = false;
  let isStalled = false;
  const server: Server = createServer({ pauseOnConnect: true }, (near) => {
    near.on('error', () => near.destroy());
    if (isCut) return near.destroy();
    const far = connect(join(serverHost, SOCKET));
    const pair = [near, far] as const;
    pairs.add(pair);
    far.on('error', () => near.destroy());
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    near.on('close', end);
    far.on('close', end);
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => near.write(bytes));
    if (isStalled) far.pause();
    else near.resume();
  });
  await rm(join(host, SOCKET), { force: true });
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(join(host, SOCKET), () => resolve()),
  );
  return {
    host,
    cut: () => {
      isCut = true;
      for (const [near, far] of pairs) {
        near.destroy();
        far.destroy();
      }
    },
    stall: () => {
      isStalled = true;
      for (const pair of pairs) for (const socket of pair) socket.pause();
    },
    mend: () => {
      isCut = false;
      isStalled = false;
      for (const pair of pairs) for (const socket of pair) socket.resume();
    },
    close: async () => {
      for (const [near, far] of pairs) {
        near.destroy();
        far.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
