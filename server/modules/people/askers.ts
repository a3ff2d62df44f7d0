import type { FastifyRequest } from 'fastify';
import { type Asker, NOBODY } from '../../../core/access/asker.ts';
import { rightsOf } from '../../../core/access/roles.ts';
import { NETWORK } from '../../../core/access/scope.ts';
import { refuse } from '../../../core/problems.ts';
import type { Context } from '../../platform/context.ts';
import { sessionToken } from '../../platform/session-cookie.ts';
import { openProofs } from './devices/proof.ts';
import { deviceOfToken, noteDeviceSeen } from './devices/queries.ts';
import { openKeys } from './keys/keys.ts';
import { remember } from './remember.ts';
import { roles } from './roles/queries.ts';
import { hashOf } from './secret.ts';
import { signedIn } from './staff/sign-in.ts';

/** What a device is, as a role: a window's own screen only looks; its specialist signs in. */
const ROLE_OF_DEVICE = { kiosk: 'kiosk', board: 'board', window: 'board', tablet: 'tablet', agent: 'agent' } as const;

/** Finds out who asks. */
export interface Askers {
  /** By the key of a program, the proof of a device, or the cookie of a session. Throws unknown-key or device-proof. */
  of(request: FastifyRequest): Promise<Asker>;
  /** What a device puts into its next proof. */
  nonce(): string;
  /** Forgets what is remembered of askers, so that a change made here is seen at once. */
  forget(): void;
}

/** `nonceKey`: the secret from which nonces are made. */
export function openAskers({ db, now }: Context, nonceKey: Buffer): Askers {
  const keys = openKeys(db);
  const sessions = remember((token) => signedIn(db, token));
  const devices = remember(async (token) => {
    const device = await db.read((tx) => deviceOfToken(tx, hashOf(token)));
    if (device?.unseen === true) await db.writeNow((tx) => noteDeviceSeen(tx, device.deviceId));
    return device;
  });
  const known = remember(() => db.read((tx) => roles(tx)));
  const proofs = openProofs(nonceKey, now);

  const keyHolder = async (key: string): Promise<Asker> => {
    const holder = await keys(key);
    if (holder === null) return refuse('unknown-key', {});
    const scope = holder.centreId === null ? NETWORK : ({ kind: 'centre', id: String(holder.centreId) } as const);
    const grants = [{ rights: rightsOf(await known(''), holder.role), scope }];
    return { ...NOBODY, kind: 'key', id: holder.name, grants };
  };
  const deviceAsker = async (request: FastifyRequest, token: string): Promise<Asker> => {
    const proof = String(request.headers['dpop'] ?? '');
    const url = `${request.protocol}://${request.host}${request.url.split('?')[0]}`;
    const thumbprint = await proofs.thumbprintOf({ token, proof, method: request.method, url });
    const device = await devices(token);
    if (device === null) return refuse('unknown-key', {});
    if (device.thumbprint !== thumbprint) return refuse('device-proof', {});
    const scope = { kind: 'centre', id: String(device.centreId) } as const;
    const grants = [{ rights: rightsOf(await known(''), ROLE_OF_DEVICE[device.kind]), scope }];
    return { ...NOBODY, kind: 'device', id: device.deviceId, grants };
  };
  const askerOf = async (request: FastifyRequest): Promise<Asker> => {
    const key = /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1];
    if (key !== undefined) return keyHolder(key);
    const bound = /^DPoP ([\w-]{43})$/.exec(request.headers.authorization ?? '')?.[1];
    if (bound !== undefined) return deviceAsker(request, bound);
    const token = sessionToken(request);
    if (token === null) return NOBODY;
    return (await sessions(token))?.asker ?? NOBODY;
  };

  return {
    of: askerOf,
    nonce: () => proofs.nonce(),
    forget: () => {
      for (const remembered of [keys, sessions, devices, known]) remembered.forget();
    },
  };
}
