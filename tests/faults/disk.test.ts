import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startProgram } from '../../bench/program.ts';
import { importNetwork } from '../../server/modules/network/index.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { crowd, expectAllThereOnce, servedAgain } from '../support/crowd.ts';
import { DAY, testCentre } from '../support/test-node.ts';

const CENTRES = [1, 2];

/** A small disk of one's own can be made by root only. */
const mayMount = process.getuid?.() === 0 && mounts();

function mounts(): boolean {
  try {
    const folder = execFileSync('mktemp', ['-d']).toString().trim();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true });
    return true;
  } catch {
    return false;
  }
}

/** Writes until nothing more goes on the disk. */
function fill(file: string): void {
  const opened = openSync(file, 'w');
  try {
    for (let bytes = 1_048_576; bytes >= 4_096;) {
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

test.runIf(mayMount)('a full disk stops writing and loses nothing; with room again it goes on by itself', async () => {
  const disk = await mkdtemp(join(tmpdir(), 'okno-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256m,mode=0755', 'tmpfs', disk]);
  const folder = join(disk, 'data');
  try {
    const database = await openDatabase({ folder });
    await chmod(folder, 0o755);
    await importNetwork(
      database,
      CENTRES.map((centreId) => testCentre(centreId)),
    );
    await database.close();
    const noon = `${DAY}T12:00:00+03:00`;
    const program = await startProgram([
      'serve',
      '--clock',
      'demo',
      '--shown-at',
      noon,
      '--data',
      folder,
      '--port',
      '0',
    ]);
    const { acknowledged, leave } = crowd(() => program.url, CENTRES);
    try {
      await servedAgain(acknowledged);
      const filler = join(disk, 'filler');
      fill(filler);
      // Nobody is told that something was written which was not: at the latest the next segment of the log fails.
      await expect
        .poll(
          async () => {
            const before = acknowledged.size;
            await new Promise((resolve) => setTimeout(resolve, 1_000));
            return acknowledged.size - before;
          },
          { timeout: 90_000 },
        )
        .toBe(0);
      rmSync(filler);
      await servedAgain(acknowledged);
      expect((await fetch(`${program.url}/readyz`)).status).toBe(200);
    } finally {
      await leave();
      await program.stop();
    }
    const after = await openDatabase({ folder });
    await expectAllThereOnce(after, CENTRES, acknowledged);
    await after.close();
  } finally {
    execFileSync('umount', ['-l', disk]);
    await rm(disk, { recursive: true, force: true });
  }
});
