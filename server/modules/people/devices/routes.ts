import { randomUUID } from 'node:crypto';
import { type Device, deviceContract } from '../../../../contract/devices.ts';
import { type Asker, mayAt } from '../../../../core/access/asker.ts';
import { refuse } from '../../../../core/problems.ts';
import { audit } from '../../../platform/audit.ts';
import { openMeasures } from '../../../platform/measures.ts';
import { serve } from '../../../platform/serve.ts';
import { brokeConstraint } from '../../../platform/handles.ts';
import { mustHave } from '../roles/granting.ts';
import { hashOfCode } from '../secret.ts';
import type { PeopleContext } from '../context.ts';
import { fingerprintOf } from './proof.ts';
import * as queries from './queries.ts';

/** Five wrong codes at once, then one a minute. */
const TRIES = { burst: 5, perSecond: 1 / 60 };

/** Letting devices in, listing them, and letting them in no more. */
export function deviceRoutes({ http, db, places, changed }: PeopleContext): void {
  const tries = openMeasures();
  /** A wrong code costs a try; none left, none is looked at. */
  const judge = async <Found>(asker: Asker, found: () => Promise<Found | null>): Promise<Found> => {
    const who = asker.id ?? '';
    tries.spend(who, TRIES);
    const value = await found();
    if (value === null) return refuse('wrong-pairing-code', {});
    tries.giveBack(who, TRIES);
    return value;
  };

  serve(http, deviceContract, {
    'POST /api/pairings/find': async ({ body: { code }, asker }) => {
      const { kind, thumbprint, askedAt } = await judge(asker, () =>
        db.read((tx) => queries.pairingOfCode(tx, hashOfCode(code))),
      );
      return { kind, fingerprint: fingerprintOf(thumbprint), askedAt };
    },

    'GET /api/devices': async ({ asker }) => {
      const replies: Device[] = [];
      for (const row of await db.read((tx) => queries.devices(tx)))
        if (mayAt(asker, 'manage-devices', await places.ofCentre(row.centreId))) replies.push(replyOf(row));
      return replies;
    },

    'POST /api/devices': async ({ body: { code, ...wanted }, asker }) => {
      mustHave(asker, 'manage-devices', await places.ofCentre(wanted.centreId));
      await judge(asker, () => db.read((tx) => queries.pairingOfCode(tx, hashOfCode(code))));
      const deviceId = randomUUID();
      const made = await db
        .write(async (tx) => {
          if (!(await queries.insertDevice(tx, hashOfCode(code), { deviceId, ...wanted })))
            refuse('wrong-pairing-code', {});
          await audit(tx, asker, {
            action: 'device-paired',
            object: `device ${deviceId}`,
            details: { centreId: wanted.centreId },
          });
          return queries.device(tx, deviceId);
        })
        .catch((error: unknown) => {
          if (brokeConstraint(error, 'device_centre_id_window_id_fkey'))
            refuse('unknown-window', { windowId: wanted.windowId ?? 0 });
          throw error;
        });
      return replyOf(made ?? refuse('unknown-device', {}));
    },

    'POST /api/devices/:deviceId/revoke': async ({ params: { deviceId }, asker }) => {
      const found = (await db.read((tx) => queries.device(tx, deviceId))) ?? refuse('unknown-device', {});
      mustHave(asker, 'manage-devices', await places.ofCentre(found.centreId));
      await db.write(async (tx) => {
        await queries.revokeDevice(tx, deviceId);
        await audit(tx, asker, { action: 'device-revoked', object: `device ${deviceId}` });
      });
      changed();
    },

    'GET /api/device': async ({ asker }) => {
      const deviceId = asker.kind === 'device' ? asker.id : null;
      const found = deviceId === null ? null : await db.read((tx) => queries.device(tx, deviceId));
      return replyOf(found ?? refuse('unknown-device', {}));
    },
  });
}

function replyOf({ thumbprint, ...row }: queries.DeviceRow): Device {
  return { ...row, fingerprint: fingerprintOf(thumbprint) };
}
