import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../../server/platform/index.ts';

/** An answer of the server as it was when it came. */
export interface Kept {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What the agent keeps of the server's answers for the time without it: files in a folder, the longest unused go first. */
export interface Cache {
  keep(address: string, answer: Kept): Promise<void>;
  /** What is kept of an address; null: nothing, or nothing that can be read. */
  take(address: string): Promise<Kept | null>;
  close(): void;
}

/** Fifty films of the largest size that a board shows. */
const BYTES_MAX = 1024 ** 3;
const SWEEP_EVERY_MS = 3_600_000;
const LINE_END = 0x0a;

/** Opens the folder, making it where it is missing. An answer is there as a whole or not at all, also after a power cut. */
export async function openCache(folder: string, bytesMax = BYTES_MAX): Promise<Cache> {
  await makeFolder(folder, 0o700);
  const fileOf = (address: string) => join(folder, createHash('sha256').update(address).digest('hex'));
  await sweep(folder, bytesMax);
  const timer = setInterval(() => void sweep(folder, bytesMax).catch(() => undefined), SWEEP_EVERY_MS);
  return {
    keep: async (address, { headers, body }) => {
      const half = join(folder, `${randomUUID()}.half`);
      await writeFile(half, Buffer.concat([Buffer.from(`${JSON.stringify(headers)}\n`), body]), { flush: true });
      await rename(half, fileOf(address));
    },
    take: async (address) => {
      const file = fileOf(address);
      const bytes = await readFile(file).catch(() => null);
      const end = bytes?.indexOf(LINE_END) ?? -1;
      if (bytes === null || end < 0) return null;
      await utimes(file, new Date(), new Date()).catch(() => undefined);
      const headers = headersIn(bytes.toString('utf8', 0, end));
      return headers === null ? null : { headers, body: bytes.subarray(end + 1) };
    },
    close: () => clearInterval(timer),
  };
}

/** The first line of a kept answer; null when the disk has broken it. */
function headersIn(line: string): Record<string, string> | null {
  try {
    return JSON.parse(line) as Record<string, string>;
  } catch {
    return null;
  }
}

/** Removes what a power cut left half written, and the longest unused files until the rest is small enough. */
async function sweep(folder: string, bytesMax: number): Promise<void> {
  const names = await readdir(folder);
  const files = await Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await stat(join(folder, name));
      return { name, size, usedAt: name.endsWith('.half') ? 0 : mtimeMs };
    }),
  );
  let bytes = 0;
  for (const { name, size, usedAt } of files.toSorted((a, b) => b.usedAt - a.usedAt)) {
    bytes += size;
    if (bytes > bytesMax || usedAt === 0) await rm(join(folder, name), { force: true });
  }
}
