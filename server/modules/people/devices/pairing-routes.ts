import { pairingContract } from '../../../../contract/devices.ts';
import { refuse } from '../../../../core/problems.ts';
import { serve } from '../../../platform/serve.ts';
import { hashOf, hashOfCode, newCode, newSecret } from '../secret.ts';
import type { PeopleContext } from '../context.ts';
import { fingerprintOf, thumbprintOfKey } from './proof.ts';
import * as queries from './queries.ts';

const CODE_SIGNS = 8;

/** What a device asks that wants to be let in. */
export function pairingRoutes({ http, db, changed }: PeopleContext): void {
  serve(http, pairingContract, {
    'POST /api/pairings': async ({ body: { kind, publicKey } }) => {
      const thumbprint = await thumbprintOfKey(publicKey);
      if (await db.read((tx) => queries.isThumbprintKnown(tx, thumbprint))) return refuse('device-known', {});
      const [pairingId, code] = [newSecret(), newCode(CODE_SIGNS)];
      const expiresAt = await db.write((tx) =>
        queries.insertPairing(tx, hashOf(pairingId), hashOfCode(code), { kind, thumbprint }),
      );
      return { pairingId, code, fingerprint: fingerprintOf(thumbprint), expiresAt };
    },

    'GET /api/pairings/:pairingId': async ({ params: { pairingId } }) => {
      const deviceId = await db.read((tx) => queries.deviceOfPairing(tx, hashOf(pairingId)));
      if (deviceId === undefined) return { state: 'over' as const };
      const found = deviceId === null ? null : await db.read((tx) => queries.device(tx, deviceId));
      if (found === null) return { state: 'waiting' as const };
      // Asked again because the answer was lost, it gives a new token, and the one before is worth nothing.
      const token = newSecret();
      await db.write((tx) => queries.setToken(tx, found.deviceId, hashOf(token)));
      changed();
      return {
        state: 'confirmed' as const,
        token,
        kind: found.kind,
        centreId: found.centreId,
        windowId: found.windowId,
      };
    },
  });
}
