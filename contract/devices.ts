import { type Static, Type } from 'typebox';
import type { Contract } from './contract.ts';
import { CentreIdField, Instant, UuidField, WindowIdField, lineField } from './fields.ts';

const closed = { additionalProperties: false };
const DeviceKind = Type.Enum(['kiosk', 'board', 'window', 'tablet', 'agent']);
const DeviceId = UuidField;
const PairingCode = lineField(8, 12, 'Eight characters; lower case and dashes are accepted');
const Fingerprint = Type.String({
  description: 'The first characters of the key’s thumbprint (RFC 7638); the device shows the same',
});

const PublicKey = Type.Object(
  {
    kty: Type.Literal('EC'),
    crv: Type.Literal('P-256'),
    x: Type.String({ pattern: '^[\\w-]{43}$' }),
    y: Type.String({ pattern: '^[\\w-]{43}$' }),
  },
  { ...closed, description: 'The public half of a key pair that never leaves the device (JWK)' },
);

const Device = Type.Object({
  deviceId: DeviceId,
  kind: DeviceKind,
  name: Type.String(),
  centreId: CentreIdField,
  windowId: Type.Union([WindowIdField, Type.Null()]),
  fingerprint: Fingerprint,
  pairedAt: Instant,
  seenAt: Type.Union([Instant, Type.Null()], { description: 'When it last made a request, within a minute' }),
  revoked: Type.Boolean(),
});

/**
 * Devices and how they are paired. A device shows its token as `Authorization: DPoP …` with a proof of its key in the header
 * `DPoP` (RFC 9449); the server gives the nonce of the next proof in `DPoP-Nonce`.
 */
export const pairingContract = {
  'POST /api/pairings': {
    right: 'look',
    status: 201,
    measure: 'secrets',
    summary: 'Ask for pairing: the device shows the code until a person confirms, for five minutes',
    body: Type.Object({ kind: DeviceKind, publicKey: PublicKey }, closed),
    reply: Type.Object({ pairingId: Type.String(), code: Type.String(), fingerprint: Fingerprint, expiresAt: Instant }),
    problems: ['too-many-requests', 'device-known'],
  },
  'GET /api/pairings/:pairingId': {
    right: 'look',
    summary: 'Whether a person has confirmed; then the token, bound to the key of the device',
    params: Type.Object({ pairingId: Type.String({ pattern: '^[\\w-]{43}$' }) }),
    reply: Type.Union([
      Type.Object({ state: Type.Enum(['waiting', 'over']) }),
      Type.Object({
        state: Type.Literal('confirmed'),
        token: Type.String(),
        kind: DeviceKind,
        centreId: CentreIdField,
        windowId: Device.properties.windowId,
      }),
    ]),
    problems: [],
  },
} as const satisfies Contract;

/** Pairing devices, and revoking them. */
export const deviceContract = {
  'POST /api/pairings/find': {
    right: 'manage-devices',
    placed: true,
    summary: 'The device that shows this code; after five wrong codes the caller must wait',
    body: Type.Object({ code: PairingCode }, closed),
    reply: Type.Object({ kind: DeviceKind, fingerprint: Fingerprint, askedAt: Instant }),
    problems: ['wrong-pairing-code', 'too-many-requests'],
  },
  'GET /api/devices': {
    right: 'manage-devices',
    placed: true,
    summary: 'The devices at centres where the caller manages them',
    reply: Type.Array(Device),
    problems: [],
  },
  'POST /api/devices': {
    right: 'manage-devices',
    status: 201,
    placed: true,
    summary: 'Pair the device that shows this code with a centre',
    body: Type.Object(
      {
        code: PairingCode,
        centreId: CentreIdField,
        windowId: Device.properties.windowId,
        name: lineField(1, 100),
      },
      closed,
    ),
    reply: Device,
    problems: ['wrong-pairing-code', 'too-many-requests', 'unknown-centre', 'unknown-window', 'right-elsewhere'],
  },
  'POST /api/devices/:deviceId/revoke': {
    right: 'manage-devices',
    placed: true,
    summary: 'Revoke a device from now on',
    params: Type.Object({ deviceId: DeviceId }),
    problems: ['unknown-device', 'right-elsewhere'],
  },
  'GET /api/device': {
    right: 'look',
    summary: 'The device that makes the request',
    reply: Device,
    problems: ['unknown-device', 'device-proof'],
  },
} as const satisfies Contract;

export type Device = Static<typeof Device>;
export type DeviceKind = Static<typeof DeviceKind>;
