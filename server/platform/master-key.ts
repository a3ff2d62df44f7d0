import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from './folder.ts';
import type { Read } from './handles.ts';

const BYTES = 32;

/**
 * The master key of a file: 64 hexadecimal digits; null where there is no such file. Throws an Error with a sentence for a file that
 * cannot be read or holds something else.
 */
export function readMasterKey(file: string): Buffer | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Below a file there is no file either: what is wrong with the folder is told where folders are looked at.
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new Error(
      `The master key in ${file} cannot be read (${code}). The user that runs Okno has to own the file.`,
      {
        cause: error,
      },
    );
  }
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${file} must hold 64 hexadecimal digits, and nothing else`);
  return Buffer.from(text, 'hex');
}

/**
 * The master key of an installation. It is made, readable by its owner alone, where there is none and nothing is sealed yet; for a database
 * that is already sealed another key is worth nothing, and would hide that the right one is missing: then an Error says so.
 */
export async function masterKeyFor(tx: Read, file: string): Promise<Buffer> {
  const known = readMasterKey(file);
  if (known !== null) return known;
  if (await isSealed(tx))
    throw new Error(
      `There is no master key in ${file}, and this database was sealed with one: names, answers and scans cannot be opened without it. ` +
        'Put your copy of the key there (a file with 64 hexadecimal digits, owned by the user that runs Okno), and start again. ' +
        'A backup does not hold it; a new key would open nothing.',
    );
  await makeFolder(dirname(file));
  writeFileSync(file, `${randomBytes(BYTES).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  chmodSync(file, 0o600);
  return readMasterKey(file) as Buffer;
}

/** Whether something was sealed in this database, so that one master key belongs to it. */
export async function isSealed(tx: Read): Promise<boolean> {
  const { rows } = await tx.query<{ there: boolean }>(`select to_regclass('data_key') is not null as there`);
  if (rows[0]?.there !== true) return false;
  return (await tx.query('select from data_key limit 1')).rowCount !== 0;
}
