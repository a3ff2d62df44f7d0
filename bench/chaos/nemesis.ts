import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../core/rehearsal/random.ts';
import type { City, CityNode } from './city.ts';

/** Something that goes wrong. When it is over, every hall must serve again within seconds. */
export interface Fault {
  readonly name: string;
  /** Lets it happen; ends when it is over, before the city has come back. */
  happen(city: City, node: CityNode, draw: Random): Promise<void>;
}

const seconds = (draw: Random, from: number, to: number) => pause((from + draw() * (to - from)) * 1_000);
const HOUR_MS = 3_600_000;

export const FAULTS: readonly Fault[] = [
  {
    // Over at once: the other node has to take its halls. It comes back a little later by itself.
    name: 'a node is killed',
    happen: async (city, node, draw) => {
      const killed = node.program;
      node.program = null;
      await killed?.kill();
      // A node that does not come back is seen by those who wait for it.
      void seconds(draw, 1, 4)
        .then(() => city.start(node))
        .catch(() => undefined);
    },
  },
  {
    name: 'a node is restarted on a machine with a wrong clock',
    happen: async (city, node, draw) => {
      const stopped = node.program;
      node.program = null;
      await stopped?.stop();
      node.skewMs = Math.round((draw() - 0.5) * 2 * HOUR_MS);
      await city.start(node);
    },
  },
  {
    name: 'the database is killed',
    happen: async ({ server, disk }, _node, draw) => {
      const pid = Number(readFileSync(join(disk, 'data/postgres/postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, 'SIGKILL');
      await seconds(draw, 0.2, 2);
      await server.ensureRunning();
    },
  },
  {
    name: 'the lines of a node are cut',
    happen: async (_city, { cable }, draw) => {
      cable.cut();
      await seconds(draw, 1, 4);
      cable.mend();
    },
  },
  {
    name: 'the lines of a node stand still',
    happen: async (_city, { cable }, draw) => {
      cable.stall();
      await seconds(draw, 1, 8);
      cable.mend();
    },
  },
  {
    name: 'the disk of the database is full',
    happen: async ({ disk, isDiskOwn }, _node, draw) => {
      if (!isDiskOwn) return;
      const file = join(disk, 'filler');
      fill(file);
      await seconds(draw, 1, 4);
      rmSync(file, { force: true });
    },
  },
  {
    name: 'the clock of the database is put forward and back',
    happen: async ({ control }, _node, draw) => {
      await control.query(`update nemesis_clock set shift = make_interval(secs => $1)`, [Math.round(3 + draw() * 300)]);
      await seconds(draw, 0.5, 3);
      await control.query(`update nemesis_clock set shift = '0'`);
    },
  },
];

/** Writes until nothing more goes on the disk. */
function fill(file: string): void {
  const opened = openSync(file, 'w');
  try {
    for (let bytes = 8_388_608; bytes >= 4_096;) {
      try {
        writeSync(opened, Buffer.alloc(bytes));
      } catch {
        bytes /= 2;
      }
    }
  } finally {
    closeSync(opened);
  }
}
