import { randomBytes, timingSafeEqual } from 'node:crypto';
import { slowHashes } from '../../../platform/hashing/slow-hash.ts';

/** OWASP's least for argon2id: 19 MiB, two passes, one lane. A stronger choice later leaves kept hashes readable. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const BYTES = 32;

interface Cost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** `who`: from where it is asked, so that one place does not keep all others waiting. Throws too-many-requests. */
function tagOf(password: string, nonce: Buffer, cost: Cost, who: string): Promise<Buffer> {
  const message = password.normalize('NFC');
  return slowHashes.make({ kind: 'argon2id', message, nonce, tagLength: BYTES, ...cost }, who);
}

/** The password's hash with its salt and cost, as PHC writes it. Throws too-many-requests. */
export async function hashPassword(password: string, who: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await tagOf(password, salt, { memory: MEMORY_KIB, passes: PASSES, parallelism: 1 }, who);
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=1$${inBase64(salt)}$${inBase64(tag)}`;
}

/** What is compared with where there is no password: of the same cost, and nobody's. */
const NOBODYS = `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=1$${inBase64(randomBytes(16))}$${inBase64(randomBytes(BYTES))}`;

/**
 * True when it is the password. For an account that has none it takes as long, so that nobody learns who has one. Throws
 * too-many-requests.
 */
export async function isPassword(password: string, kept: string | null, who: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt = '', tag = ''] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(kept ?? NOBODYS) ?? [];
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const found = await tagOf(password, Buffer.from(salt, 'base64'), cost, who);
  return timingSafeEqual(found, Buffer.from(tag, 'base64')) && kept !== null;
}

function inBase64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
