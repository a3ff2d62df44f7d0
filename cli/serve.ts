import { ProblemError } from '../core/problems.ts';
import { type Node, startNode } from '../server/main.ts';
import type { ClockKind, ShownAt } from '../server/platform/clock.ts';
import { readOptions, UsageError, wholeNumber } from './options.ts';
import { placeOf } from './places.ts';

const DEFAULT_PORT = 8080;

/** Serves until it is told to stop. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = readOptions(
    args,
    {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string' },
      data: { type: 'string' },
      clock: { type: 'string', default: 'real' },
      'shown-at': { type: 'string' },
      'seal-file': { type: 'string' },
      witness: { type: 'string' },
      'node-host': { type: 'string' },
      alone: { type: 'boolean', default: false },
      'require-keys': { type: 'boolean', default: false },
    },
    0,
  );
  const clock = clockKind(values.clock);
  const node = await startNode({
    place: placeOf(clock, values.data),
    host: values.host,
    port: portOf(values.port),
    clock,
    ...(values['seal-file'] === undefined ? {} : { sealFile: values['seal-file'] }),
    alone: values.alone,
    requireKeys: values['require-keys'],
    ...(values['node-host'] === undefined ? {} : { nodeHost: values['node-host'] }),
    ...(values.witness === undefined ? {} : { witness: values.witness }),
    ...(values['shown-at'] === undefined ? {} : { shownAt: startingAt(instantOption(values['shown-at'])) }),
  }).catch(explainPort);
  console.log(`Okno serves at ${node.url}`);
  return untilStopped(node);
}

export function portOf(text: string | undefined): number {
  return wholeNumber('port', text, { min: 0, max: 65_535, otherwise: DEFAULT_PORT });
}

/** Turns "address in use" into a sentence that says what to do. */
export function explainPort(error: unknown): never {
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE')
    throw new Error(`Port ${port} is taken. Choose another one: --port ${(port ?? DEFAULT_PORT) + 1}`);
  if (code === 'EACCES' && port !== undefined)
    throw new Error(`This user may not listen on port ${port}. Choose one above 1023: --port ${DEFAULT_PORT}`);
  throw error instanceof ProblemError || error instanceof Error ? error : new Error(String(error));
}

/** Waits for SIGINT or SIGTERM, then closes the node in order. */
export async function untilStopped(node: Node, before: () => void = () => undefined): Promise<number> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
  before();
  await node.close();
  return 0;
}

export function clockKind(text: string): ClockKind {
  if (text === 'real' || text === 'demo' || text === 'replay') return text;
  throw new UsageError(`--clock must be real, demo or replay, not “${text}”`);
}

/** A clock that was shown before goes on; a new one starts here. */
function startingAt(instant: number): ShownAt {
  return (kept) => kept ?? instant;
}

function instantOption(text: string): number {
  const instant = Date.parse(text);
  if (Number.isNaN(instant))
    throw new UsageError(`--shown-at must be a moment such as 2026-02-19T10:40:00+03:00, not “${text}”`);
  return instant;
}
