import { createServer } from 'node:net';

/** Where something of a node listens, and the choice by which that can be changed. */
export interface Listener {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly choice: 'port' | 'metrics_port' | 'node_host';
}

/** A node cannot listen where it should; the sentence says what to choose instead. */
export class NoListening extends Error {
  override readonly name = 'NoListening';
}

const PORT_MAX = 65_535;
const USUAL_PORT = 8_080;

/** Tries every address, one after another, and gives it back. Throws NoListening. */
export async function tryListening(listeners: readonly Listener[]): Promise<void> {
  for (const listener of listeners) {
    await new Promise<void>((resolve, reject) => {
      const server = createServer();
      server.once('error', reject);
      server.listen(listener.port, listener.host, () => server.close(() => resolve()));
    }).catch((error: unknown) => cannotListen(error, listener));
  }
}

/** Turns what the system says about listening into a sentence; anything else goes on as it is. */
export function cannotListen(error: unknown, { host, port, choice }: Listener): never {
  const { code, syscall } = error as { code?: string; syscall?: string };
  const option = `--${choice.replace('_', '-')}`;
  const next = port < PORT_MAX ? port + 1 : USUAL_PORT;
  const where = choice === 'metrics_port' ? ' (for /metrics)' : '';
  if (code === 'EADDRINUSE')
    throw new NoListening(
      `Port ${port}${where} is taken. Choose another one: ${option} ${next}, or ${choice} in the configuration.`,
      { cause: error },
    );
  if (code === 'EACCES' && syscall === 'listen')
    throw new NoListening(
      `This user may not listen on port ${port}${where}. Choose one above 1023: ${option} ${USUAL_PORT}`,
      { cause: error },
    );
  if (code === 'EADDRNOTAVAIL' || syscall === 'getaddrinfo') {
    const name = choice === 'port' ? 'host' : choice === 'metrics_port' ? 'metrics_host' : choice;
    throw new NoListening(`This machine has no address ${host}. Set ${name} to one that it has.`, { cause: error });
  }
  throw error;
}
