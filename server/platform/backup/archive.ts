import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';

/** A backup is a folder: the rows of each table as PostgreSQL's COPY writes them, compressed, and this list of them. */
export interface Manifest {
  readonly format: 1;
  readonly program: string;
  readonly takenAt: string;
  readonly clockKind: string;
  readonly migrations: readonly string[];
  /** The first days of the months that have events. */
  readonly months: readonly string[];
  /** In an order in which each table comes after those it refers to. */
  readonly tables: readonly ArchivedTable[];
}

export interface ArchivedTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

export const MANIFEST = 'manifest.json';

/** Names in it become parts of statements and of paths. */
const Name = Type.String({ pattern: '^[a-z][a-z0-9_]{0,62}$' });
const WrittenManifest = Type.Object({
  format: Type.Integer(),
  program: Type.String(),
  takenAt: Type.String(),
  migrations: Type.Array(Type.String()),
  months: Type.Array(Type.String({ format: 'date' })),
  tables: Type.Array(
    Type.Object({
      name: Name,
      columns: Type.Array(Name, { minItems: 1, uniqueItems: true }),
      rows: Type.Integer({ minimum: 0 }),
      file: Type.String({ pattern: '^[a-z][a-z0-9_.-]{0,99}$' }),
      bytes: Type.Integer({ minimum: 0 }),
      sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    }),
  ),
});
const check = Compile(WrittenManifest);

/** The hash of a file, as hex. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function manifestIn(text: string, archive: string): Manifest {
  const broken = `The backup ${archive} is broken: ${MANIFEST} is not as it was written. Nothing was restored. Take another one.`;
  try {
    const found = JSON.parse(text) as unknown;
    if (check.Check(found)) return found as unknown as Manifest;
  } catch (error) {
    throw new Error(broken, { cause: error });
  }
  throw new Error(broken);
}

/** Reads the list and checks every file against it before anything is done. Throws an Error that names what is broken. */
export async function readManifest(archive: string): Promise<Manifest> {
  const manifest = await readFile(join(archive, MANIFEST), 'utf8').then(
    (text) => manifestIn(text, archive),
    (error: unknown) => {
      throw new Error(`${archive} is no backup of Okno: its ${MANIFEST} cannot be read. Take another one.`, {
        cause: error,
      });
    },
  );
  if (manifest.format !== 1)
    throw new Error(`${archive} was written by a newer Okno (${manifest.program}). Install that one first.`);
  for (const { file, bytes, sha256 } of manifest.tables) {
    const path = join(archive, file);
    const size = await stat(path).then(
      (found) => found.size,
      () => -1,
    );
    if (size !== bytes || (await sha256Of(path)) !== sha256)
      throw new Error(
        `The backup ${archive} is broken: ${file} is not as it was written. Nothing was restored. Take another one.`,
      );
  }
  return manifest;
}
