import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** OWASP's least for argon2id: 19 MiB, two passes, one lane. A stronger choice later leaves kept hashes readable. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const BYTES = 32;

type Cost = Pick<Argon2Parameters, 'memory' | 'passes' | 'parallelism'>;

function tagOf(password: string, nonce: Buffer, cost: Cost): Promise<Buffer> {
  return derive('argon2id', { message: password.normalize('NFC'), nonce, tagLength: BYTES, ...cost });
}

/** The password's hash with its salt and cost, as PHC writes it. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await tagOf(password, salt, { memory: MEMORY_KIB, passes: PASSES, parallelism: 1 });
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=1$${inBase64(salt)}$${inBase64(tag)}`;
}

const nobodys = hashPassword(randomBytes(16).toString('hex'));

/** True when it is the password. For an account that has none it takes as long, so that nobody learns who has one. */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const [, memory, passes, parallelism, salt = '', tag = ''] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(kept ?? (await nobodys)) ?? [];
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const found = await tagOf(password, Buffer.from(salt, 'base64'), cost);
  return timingSafeEqual(found, Buffer.from(tag, 'base64')) && kept !== null;
}

function inBase64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

/** Words that stand in every list of passwords; whoever uses one as the heart of his has none. */
const COMMON = ['password', 'qwerty', 'administrator', 'пароль', 'йцукен', '12345', 'abcdef', 'okno', 'окно'];

/** True for what is guessed first: few different signs, a common word with little else, or the login itself. */
export function isWeakPassword(password: string, login: string): boolean {
  const small = password.toLowerCase();
  if (new Set(small).size < 6) return true;
  const rest = [...COMMON, login].reduce((left, word) => left.replaceAll(word, ''), small);
  return new Set(rest).size < 5;
}
