import type { Device, DeviceKind } from '../../../../contract/devices.ts';
import type { Read, Write } from '../../../platform/handles.ts';

/** A device that asks to be let in. */
export interface PairingRow {
  readonly kind: DeviceKind;
  readonly thumbprint: string;
  readonly askedAt: number;
}

const PAIRING_MINUTES = 5;

/** Gives when the pairing ends. Those of before that are over are removed. */
export async function insertPairing(
  tx: Write,
  pairingHash: Buffer,
  codeHash: Buffer,
  { kind, thumbprint }: Pick<PairingRow, 'kind' | 'thumbprint'>,
): Promise<number> {
  await tx.query('delete from device_pairing where expires_at < clock_timestamp()');
  const { rows } = await tx.query<{ ends: number }>(
    `insert into device_pairing (pairing_hash, code_hash, kind, thumbprint, expires_at)
     values ($1, $2, $3, $4, clock_timestamp() + make_interval(mins => ${PAIRING_MINUTES}))
     returning instant_ms(expires_at)::float8 as ends`,
    [pairingHash, codeHash, kind, thumbprint],
  );
  return (rows[0] as { ends: number }).ends;
}

/** The device that waits with this code. */
export async function pairingOfCode(tx: Read, codeHash: Buffer): Promise<PairingRow | null> {
  const { rows } = await tx.query<PairingRow>(
    `select kind, thumbprint, instant_ms(asked_at)::float8 as "askedAt" from device_pairing
     where code_hash = $1 and device_id is null and expires_at > clock_timestamp()`,
    [codeHash],
  );
  return rows[0] ?? null;
}

/** The device that was made of a pairing; `null` while nobody has confirmed, undefined when there is no such pairing (any more). */
export async function deviceOfPairing(tx: Read, pairingHash: Buffer): Promise<string | null | undefined> {
  const { rows } = await tx.query<{ deviceId: string | null }>(
    `select device_id as "deviceId" from device_pairing where pairing_hash = $1 and expires_at > clock_timestamp()`,
    [pairingHash],
  );
  return rows[0]?.deviceId;
}

/** Makes the device of a pairing; false when the pairing is over or was confirmed before. */
export async function insertDevice(
  tx: Write,
  codeHash: Buffer,
  { deviceId, name, centreId, windowId }: Pick<Device, 'deviceId' | 'name' | 'centreId' | 'windowId'>,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into device (device_id, kind, name, centre_id, window_id, thumbprint)
     select $2, kind, $3, $4, $5, thumbprint from device_pairing
     where code_hash = $1 and device_id is null and expires_at > clock_timestamp()`,
    [codeHash, deviceId, name, centreId, windowId],
  );
  if (rowCount !== 1) return false;
  await tx.query('update device_pairing set device_id = $2 where code_hash = $1', [codeHash, deviceId]);
  return true;
}

export async function setToken(tx: Write, deviceId: string, tokenHash: Buffer): Promise<void> {
  await tx.query('update device set token_hash = $2 where device_id = $1 and revoked_at is null', [
    deviceId,
    tokenHash,
  ]);
}

/** A device with the whole thumbprint of its key. */
export type DeviceRow = Omit<Device, 'fingerprint'> & { readonly thumbprint: string };

const DEVICE = `device_id as "deviceId", kind, name, centre_id as "centreId", window_id as "windowId", thumbprint,
  instant_ms(paired_at)::float8 as "pairedAt", instant_ms(seen_at)::float8 as "seenAt", revoked_at is not null as revoked`;

export async function devices(tx: Read): Promise<DeviceRow[]> {
  return (await tx.query<DeviceRow>(`select ${DEVICE} from device order by centre_id, kind, name`)).rows;
}

export async function device(tx: Read, deviceId: string): Promise<DeviceRow | null> {
  return (await tx.query<DeviceRow>(`select ${DEVICE} from device where device_id = $1`, [deviceId])).rows[0] ?? null;
}

/** The device that shows a token; null for one that is not known or was revoked. `unseen`: for a minute or more. */
export async function deviceOfToken(
  tx: Read,
  tokenHash: Buffer,
): Promise<(DeviceRow & { readonly unseen: boolean }) | null> {
  const { rows } = await tx.query<DeviceRow & { unseen: boolean }>(
    `select ${DEVICE}, (seen_at is null or seen_at < clock_timestamp() - interval '1 minute') as unseen
     from device where token_hash = $1 and revoked_at is null`,
    [tokenHash],
  );
  return rows[0] ?? null;
}

/** Notes that a device is at work: lists of devices show since when one is silent. */
export async function noteDeviceSeen(tx: Write, deviceId: string): Promise<void> {
  await tx.query('update device set seen_at = clock_timestamp() where device_id = $1', [deviceId]);
}

export async function isThumbprintKnown(tx: Read, thumbprint: string): Promise<boolean> {
  return (await tx.query('select 1 from device where thumbprint = $1', [thumbprint])).rowCount === 1;
}

export async function revokeDevice(tx: Write, deviceId: string): Promise<void> {
  await tx.query('update device set revoked_at = clock_timestamp(), token_hash = null where device_id = $1', [
    deviceId,
  ]);
}
