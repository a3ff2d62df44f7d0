import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Clears what a killed PostgreSQL server may leave behind and what keeps a new one from starting: processes that did not
 * go with it, and locks whose process number belongs to another process by now (after a restart of the machine, say).
 * Does nothing while the server of these data lives. `socket` is the folder of its sockets.
 */
export async function clearRemains(data: string, socket: string): Promise<void> {
  const running = processesIn(data);
  const named = processNamedIn(join(data, 'postmaster.pid'));
  if (named !== null && running.some((one) => one.pid === named && !one.child)) return;
  const alive = new Set(running.map((one) => one.pid));
  for (const { pid, parent, child } of running) if (child && !alive.has(parent)) process.kill(pid, 'SIGKILL');
  // A server on its way up may be writing a lock of its own.
  if (running.some((one) => !one.child)) return;
  const locks = [join(data, 'postmaster.pid'), ...socketLocks(socket)];
  await Promise.all(locks.map((lock) => (processNamedIn(lock) === named ? rm(lock, { force: true }) : undefined)));
}

interface ServerProcess {
  readonly pid: number;
  readonly parent: number;
  /** Not the server itself but one of the processes it starts. */
  readonly child: boolean;
}

/** The processes of PostgreSQL that work in the folder; those that are dead but not yet buried are left out. */
function processesIn(data: string): ServerProcess[] {
  const found: ServerProcess[] = [];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      if (readlinkSync(`/proc/${entry}/cwd`) !== data) continue;
      const [, state, parent] = /\) (\w) (\d+)/.exec(readFileSync(`/proc/${entry}/stat`, 'utf8')) ?? [];
      if (state === 'Z' || state === undefined) continue;
      const child = readFileSync(`/proc/${entry}/cmdline`, 'utf8').startsWith('postgres: ');
      found.push({ pid: Number(entry), parent: Number(parent), child });
    } catch {
      // It ended while we looked, or belongs to a user whose processes we may not see: not one of the server's.
    }
  }
  return found;
}

function processNamedIn(lock: string): number | null {
  try {
    return Number.parseInt(readFileSync(lock, 'utf8'), 10);
  } catch {
    return null;
  }
}

function socketLocks(socket: string): string[] {
  return readdirSync(socket)
    .filter((name) => name.endsWith('.lock'))
    .map((name) => join(socket, name));
}
