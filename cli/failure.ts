import { ProblemError, sentenceOf } from '../core/problems.ts';
import { Unreached } from './agent/server.ts';
import { EXIT } from './exit.ts';
import { UsageError } from './options.ts';

/** What went wrong in a sentence that says what to do, and how the command ends. */
export interface Failure {
  readonly code: number;
  readonly says: string;
}

interface SystemError {
  readonly code?: string;
  readonly path?: string;
  readonly address?: string;
  readonly port?: number;
  readonly hostname?: string;
  readonly errors?: readonly unknown[];
}

type Says = (error: SystemError) => string;

const path = ({ path: found }: SystemError) => found ?? 'something that was named';
const place = ({ address, hostname, port }: SystemError) =>
  [address ?? hostname, port].filter((part) => part !== undefined).join(':') || 'the address that was given';

/** What the system says of files. */
const FILES: Readonly<Record<string, Says>> = {
  ENOENT: (error) => `There is no file or folder ${path(error)}. Look at how it is spelt.`,
  EACCES: (error) =>
    `This user may not open ${path(error)}. Give it the right to, or run the command as the user okno.`,
  EPERM: (error) => `This user may not change ${path(error)}. Run the command as the user okno.`,
  EISDIR: (error) => `${path(error)} is a folder, and a file is needed.`,
  ENOTDIR: (error) => `${path(error)} leads through something that is no folder.`,
  EROFS: (error) => `${path(error)} is on a disk that can only be read.`,
  ENOSPC: () => 'There is no room left on the disk. Make room, and say it again.',
  EMFILE: () => 'This user may not open more files at once. Raise the limit (ulimit -n).',
  ENAMETOOLONG: (error) => `The name ${path(error)} is too long for the system.`,
  ELOOP: (error) => `${path(error)} leads round in a circle of links.`,
};

/** What the network and the database say when nobody can be reached or let in. */
const REACH: Readonly<Record<string, Says>> = {
  ECONNREFUSED: (error) =>
    `Nobody answers at ${place(error)}. Start the database or server there, or correct the address (database_url, --url).`,
  ENOTFOUND: (error) => `There is no machine called ${place(error)}. Correct the address (database_url, --url).`,
  EAI_AGAIN: (error) => `The name ${place(error)} cannot be looked up just now. Look at the network of this machine.`,
  ETIMEDOUT: (error) => `${place(error)} does not answer. Look at the network and its firewalls.`,
  EHOSTUNREACH: (error) => `There is no way to ${place(error)}. Look at the network of this machine.`,
  ENETUNREACH: (error) => `There is no way to ${place(error)}. Look at the network of this machine.`,
  ECONNRESET: () => 'The other side ended the connection. Try again; if it stays so, look at its log.',
  '28P01': () => 'The database does not take this name and password. Correct database_url.',
  '28000': () => 'The database does not let this user in from here. Look at its pg_hba.conf, or correct database_url.',
  '3D000': () => 'There is no such database on that server. Create it: docs/how-to/own-postgresql.md.',
  '42501': () => 'The database user may not do this. It has to own its database: docs/how-to/own-postgresql.md.',
  '53300': () => 'The database takes no more connections. Raise max_connections, or stop what holds them.',
  '53100': () => 'The disk of the database is full. Make room there.',
  '57P03': () => 'The database is starting or stopping. Try again in a moment.',
  '57P01': () => 'The database was stopped. Start it, and try again.',
  '25006': () => 'That database can only be read: it is a standby. Correct database_url.',
};

/** What the database says of a value that was typed. */
const VALUES: Readonly<Record<string, string>> = {
  '23505': 'There is one of this name already. Choose another name.',
  '23514': 'The database does not take this value: it is empty, too long or out of its limits. Correct it.',
  '22001': 'This text is too long. Shorten it.',
  '22003': 'This number is too large. Correct it.',
  '22021': 'This text has characters that cannot be kept. Correct it.',
  '22P02': 'This value is not of the kind that is needed. Correct it.',
};

/** Whatever a command threw, in words. */
export function failureOf(error: unknown): Failure {
  if (error instanceof UsageError) return { code: EXIT.usage, says: error.message };
  if (error instanceof ProblemError) {
    const says = `${sentenceOf(error.problem, 'ru')}\n${sentenceOf(error.problem, 'en')}`;
    return { code: EXIT.refused, says };
  }
  const { name, message } = error as Error;
  if (error instanceof Unreached) return { code: EXIT.unreached, says: message };
  if (name === 'NoListening') return { code: EXIT.unusable, says: message };
  if (name === 'CsvFault') return { code: EXIT.refused, says: `The file is not a table (CSV): ${message}` };
  // Ours have sentences already, and keep the system's word as a code or a cause.
  if (isOwn(error)) return { code: codeIn(error) in FILES ? EXIT.unusable : EXIT.refused, says: message };
  const found = foundIn(error);
  if (found !== null) return found;
  return { code: EXIT.refused, says: `${name}: ${message}. This is a fault of Okno: please report it with its log.` };
}

/** A failure of one of several addresses, or beneath another, is told as itself. */
function foundIn(error: unknown): Failure | null {
  const code = codeIn(error);
  const reached = REACH[code]?.(error as SystemError);
  if (reached !== undefined) return { code: EXIT.unreached, says: reached };
  if (VALUES[code] !== undefined) return { code: EXIT.refused, says: VALUES[code] };
  const file = FILES[code]?.(error as SystemError);
  if (file !== undefined) return { code: EXIT.unusable, says: file };
  if (/timeout exceeded when trying to connect|Connection terminated/i.test((error as Error).message ?? ''))
    return { code: EXIT.unreached, says: 'The database does not answer. Start it, or correct database_url.' };
  for (const inner of (error as SystemError).errors ?? []) {
    const found = foundIn(inner);
    if (found !== null) return found;
  }
  return null;
}

function codeIn(error: unknown): string {
  const { code } = error as SystemError;
  return typeof code === 'string' ? code : '';
}

/** Thrown by us: an Error with a sentence, without the members that the system adds to its own. */
function isOwn(error: unknown): boolean {
  const { syscall, severity, errors } = error as { syscall?: string; severity?: string; errors?: unknown };
  if (syscall !== undefined || severity !== undefined || errors !== undefined) return false;
  if (/timeout exceeded when trying to connect|Connection terminated/i.test((error as Error).message ?? ''))
    return false;
  return error instanceof Error && error.name === 'Error';
}
