import { createHash } from 'node:crypto';
import { type Dirent, existsSync } from 'node:fs';
import { lstat, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../server/platform/index.ts';
import { type Device, Refusal } from './device.ts';

/** What came back where it was put down: nobody takes it in, and a person has to look at it. */
const REFUSED = 'refused';
const WINDOW_FOLDER = /^[1-9]\d{0,2}$/;
/** As programs name what they are still writing. */
const HALF = /^[.~]|\.(tmp|part|partial|crdownload)$/i;

/** A folder into which scanners put what they scan. */
export interface ScanFolder {
  /** Brings what is whole to the server; gives how many files that were. Throws an Error when the server is away. */
  bring(): Promise<number>;
}

interface Found {
  readonly path: string;
  readonly name: string;
  readonly windowId: number | null;
  /** Its size and its time: unlike last time, it is still being written. */
  readonly look: string;
}

/**
 * Watches a folder: a file in it belongs to the centre, one in its folder `3` to window 3. A file is brought when two looks in a row
 * found it the same, and is deleted once the server has it; what the server refuses goes to `refused`, with the reason in the log. Sent
 * again after a lost answer it comes in once: its name for the server is made of what it is.
 */
export function openScanFolder(folder: string, device: Device, say: (line: string) => void): ScanFolder {
  let before = new Map<string, string>();
  const bring = async ({ path, name, windowId }: Found) => {
    const bytes = await readFile(path);
    const sentAs = uuidOf(`${path}\n${(await lstat(path)).mtimeMs}\n`, bytes);
    const query = new URLSearchParams({ sentAs, ...(windowId === null ? {} : { window: String(windowId) }) });
    try {
      const base = `/api/centres/${device.centreId as number}/arrived-scans`;
      const { state } = (await device.ask('POST', `${base}?${query}`, bytes, name.replaceAll(UNSEEN, ''))) as {
        state: string;
      };
      if (state === 'infected') throw new Refusal('a virus was found in it');
      await rm(path);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await putAside(folder, path, name);
      say(`A scan was refused and is now in ${join(folder, REFUSED)}: ${error.message}`);
    }
  };
  return {
    bring: async () => {
      const found = await whatLies(folder);
      const whole = found.filter(({ path, look }) => before.get(path) === look);
      before = new Map(found.map(({ path, look }) => [path, look]));
      for (const file of whole) await bring(file);
      return whole.length;
    },
  };
}

async function whatLies(folder: string): Promise<Found[]> {
  const top = await readdir(folder, { withFileTypes: true });
  const windows = top.filter((entry) => entry.isDirectory() && WINDOW_FOLDER.test(entry.name));
  const found = await filesIn(folder, top, null);
  for (const { name } of windows) {
    const inside = join(folder, name);
    found.push(...(await filesIn(inside, await readdir(inside, { withFileTypes: true }), Number(name))));
  }
  return found;
}

async function filesIn(folder: string, entries: readonly Dirent[], windowId: number | null): Promise<Found[]> {
  const found: Found[] = [];
  for (const entry of entries) {
    // A link could lead to anything on the machine.
    if (!entry.isFile() || HALF.test(entry.name)) continue;
    const path = join(folder, entry.name);
    const { size, mtimeMs } = await lstat(path);
    if (size > 0) found.push({ path, name: entry.name, windowId, look: `${size} ${mtimeMs}` });
  }
  return found;
}

async function putAside(folder: string, path: string, name: string): Promise<void> {
  const aside = join(folder, REFUSED);
  await makeFolder(aside);
  let place = join(aside, name);
  for (let more = 2; existsSync(place); more += 1) place = join(aside, `${more} ${name}`);
  await rename(path, place);
}

/** The same bytes at the same place and time are the same scan: a name of the form of RFC 9562, version 8. */
/** Signs that steer devices or turn the direction of writing: the server takes no name with them. */
const UNSEEN = /\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;

function uuidOf(where: string, bytes: Buffer): string {
  const hex = createHash('sha256').update(where).update(bytes).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
