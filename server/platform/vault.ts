import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { refuse } from '../../core/problems.ts';
import type { Db, Read, Write } from './handles.ts';

/**
 * Seals what identifies people. The data in the database can be opened only with the master key, which is kept outside of it: a stolen dump
 * shows no name, number or scan. Envelope: data keys seal the text (AES-256-GCM), the master key wraps the data keys.
 */
export interface Vault {
  /** Seals a text for one place (table and row): put anywhere else it cannot be opened. */
  seal(text: string, place: string): Buffer;
  sealBytes(bytes: Buffer, place: string): Buffer;
  /** Opens it. Throws an Error when it was changed, or belongs to another place. */
  open(sealed: Buffer, place: string): string;
  openBytes(sealed: Buffer, place: string): Buffer;
  /** The keyed hash by which something sealed is found. */
  mark(kind: string, value: string): Buffer;
  /** The number of the key that seals now. */
  readonly keyId: number;
  /** Makes a new key. It is used once every node has had the time to learn it; what older ones sealed stays open. Gives its number. */
  rotate(): Promise<number>;
  /** Learns keys that other nodes made. */
  refresh(): Promise<void>;
  close(): void;
}

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 3;
const FORMAT = 1;
const SECOND = 1_000;
const LOOK_EVERY_MS = 5 * SECOND;
/** A new key seals only when every node has looked for keys since. */
const KNOWN_EVERYWHERE_MS = 3 * LOOK_EVERY_MS;

/** The number of the key with which something is sealed. */
export function keyOf(sealed: Buffer): number {
  return sealed.readUInt16BE(1);
}

/** A place in words: a sealed text is tied to it. */
export function placeOf(table: string, id: string): string {
  return `${table}/${id}`;
}

/**
 * Opens the vault of an installation; its first keys are made when there are none. Without a master key everything works that names
 * nobody; the rest throws `no-master-key`. Throws an Error for a master key that is not this installation's.
 */
export async function openVault(db: Db, masterKey: Buffer | null): Promise<Vault> {
  if (masterKey === null) return closedVault();
  if (masterKey.length !== KEY_BYTES) throw new Error(`the master key must have ${KEY_BYTES} bytes`);
  await makeFirstKeys(db, masterKey);
  const keys = new Map<number, Buffer>();
  const marks: { key?: Buffer } = {};
  const current = { keyId: 0 };
  const read = async () => {
    for (const { keyId, purpose, wrapped, isKnown } of await db.read((tx) => dataKeys(tx))) {
      const key = keys.get(keyId) ?? unwrap(masterKey, wrapped, keyId);
      keys.set(keyId, key);
      if (purpose === 'find') marks.key = key;
      else if (current.keyId === 0 || isKnown) current.keyId = keyId;
    }
  };
  await read();
  const keyNumber = (keyId: number) => {
    const key = keys.get(keyId);
    if (key === undefined) throw new Error(`sealed with key ${keyId}, which is not known here; restart this node`);
    return key;
  };
  const sealBytes = (bytes: Buffer, place: string) => encrypt(keyNumber(current.keyId), current.keyId, bytes, place);
  const openBytes = (sealed: Buffer, place: string) => decrypt(keyNumber(keyOf(sealed)), sealed, place);
  const timer = setInterval(() => void read().catch(() => undefined), LOOK_EVERY_MS).unref();
  return {
    seal: (text, place) => sealBytes(Buffer.from(text, 'utf8'), place),
    sealBytes,
    open: (sealed, place) => openBytes(sealed, place).toString('utf8'),
    openBytes,
    mark: (kind, value) =>
      createHmac('sha256', marks.key as Buffer)
        .update(`${kind}\0${value}`)
        .digest(),
    get keyId() {
      return current.keyId;
    },
    rotate: () =>
      db.write(async (tx) => {
        await tx.query('lock table data_key in share row exclusive mode');
        return addKey(tx, masterKey, 'seal');
      }),
    refresh: read,
    close: () => clearInterval(timer),
  };
}

/** Throws an Error for a master key that is not this installation's; does nothing where nothing is sealed yet. */
export async function checkMasterKey(tx: Read, masterKey: Buffer): Promise<void> {
  for (const { keyId, wrapped } of await dataKeys(tx)) unwrap(masterKey, wrapped, keyId);
}

function closedVault(): Vault {
  const closed = (): never => refuse('no-master-key', {});
  return {
    seal: closed,
    sealBytes: closed,
    open: closed,
    openBytes: closed,
    mark: closed,
    rotate: async () => closed(),
    refresh: async () => undefined,
    close: () => undefined,
    keyId: 0,
  };
}

function encrypt(key: Buffer, keyId: number, bytes: Buffer, place: string): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(FORMAT, 0);
  head.writeUInt16BE(keyId, 1);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place, 'utf8'));
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([head, iv, cipher.getAuthTag(), body]);
}

function decrypt(key: Buffer, sealed: Buffer, place: string): Buffer {
  if (sealed.readUInt8(0) !== FORMAT) throw new Error('sealed in a format that is not known');
  const iv = sealed.subarray(HEAD_BYTES, HEAD_BYTES + IV_BYTES);
  const tag = sealed.subarray(HEAD_BYTES + IV_BYTES, HEAD_BYTES + IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place, 'utf8')).setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES + IV_BYTES + TAG_BYTES)), decipher.final()]);
}

function unwrap(masterKey: Buffer, wrapped: Buffer, keyId: number): Buffer {
  try {
    return decrypt(masterKey, wrapped, `data_key/${keyId}`);
  } catch (error) {
    throw new Error(
      'The master key is not the one with which this database was sealed. Put the right one in its place: a copy that was kept when the ' +
        'installation was set up. Nothing was changed.',
      { cause: error },
    );
  }
}

interface DataKey {
  readonly keyId: number;
  readonly purpose: 'seal' | 'find';
  readonly wrapped: Buffer;
  /** True once every node has looked for keys since it was made: by the database’s own clock, whatever clock the installation shows. */
  readonly isKnown: boolean;
}

async function dataKeys(tx: Read): Promise<DataKey[]> {
  const { rows } = await tx.query<DataKey>(
    `select key_id as "keyId", purpose, wrapped, made_at <= clock_timestamp() - make_interval(secs => $1) as "isKnown"
     from data_key order by key_id`,
    [KNOWN_EVERYWHERE_MS / SECOND],
  );
  return rows;
}

async function makeFirstKeys(db: Db, masterKey: Buffer): Promise<void> {
  if ((await db.read((tx) => dataKeys(tx))).length > 0) return;
  await db.write(async (tx) => {
    await tx.query('lock table data_key in share row exclusive mode');
    if ((await dataKeys(tx)).length > 0) return;
    for (const purpose of ['seal', 'find'] as const) await addKey(tx, masterKey, purpose);
  });
}

async function addKey(tx: Write, masterKey: Buffer, purpose: DataKey['purpose']): Promise<number> {
  const keyId = Math.max(0, ...(await dataKeys(tx)).map((key) => key.keyId)) + 1;
  await tx.query('update data_key set retired_at = clock_timestamp() where purpose = $1 and retired_at is null', [
    purpose,
  ]);
  const wrapped = encrypt(masterKey, 0, randomBytes(KEY_BYTES), `data_key/${keyId}`);
  await tx.query('insert into data_key (key_id, purpose, wrapped, made_at) values ($1, $2, $3, clock_timestamp())', [
    keyId,
    purpose,
    wrapped,
  ]);
  return keyId;
}
