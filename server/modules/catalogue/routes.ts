import { catalogueContract, Passport } from '../../../contract/catalogue.ts';
import { cpsvDocument, SOME_CITY } from '../../../core/catalogue/cpsv-ap.ts';
import { differences } from '../../../core/catalogue/difference.ts';
import { refuse } from '../../../core/problems.ts';
import { audit } from '../../platform/audit.ts';
import { city, cityDay } from '../../platform/city.ts';
import { brokeConstraint } from '../../platform/handles.ts';
import { serve } from '../../platform/serve.ts';
import { announceRules, type NetworkContext } from '../network/index.ts';
import { offerAll } from './offers.ts';
import { mustBeSound } from './sound.ts';
import * as queries from './queries.ts';

/** Service passports. */
export function catalogueRoutes(context: NetworkContext): void {
  const { http, db, now } = context;
  const today = () => db.read((tx) => cityDay(tx, now()));
  serve(http, catalogueContract, {
    'GET /api/catalogue': async () => {
      const day = await today();
      return db.read((tx) => queries.overview(tx, day));
    },

    'GET /api/catalogue/:serviceId': async ({ params: { serviceId } }) => {
      const versions = await db.read((tx) => queries.versions(tx, serviceId));
      const [first] = versions;
      if (first === undefined) return refuse('unknown-service', { serviceId });
      return { serviceId, groupId: first.groupId, versions };
    },

    'GET /api/catalogue/:serviceId/differences': async ({ params: { serviceId }, query: { from, to } }) => {
      const versions = await db.read((tx) => queries.versions(tx, serviceId));
      const passportOf = (version: number) =>
        versions.find((one) => one.version === Number(version))?.passport ?? refuse('unknown-version', { version });
      return differences(passportOf(from), passportOf(to)).map(({ path, before, after }) => ({
        path,
        before: before ?? null,
        after: after ?? null,
      }));
    },

    'GET /api/catalogue-schema': () => Passport,

    'GET /api/catalogue-export': async () => {
      const day = await today();
      const inForce = await db.read((tx) => queries.inForce(tx, day));
      return inForce.map(({ serviceId, groupId, version, passport }) => ({ serviceId, groupId, version, passport }));
    },

    'GET /api/catalogue-export/cpsv-ap': async () => {
      const day = await today();
      return db.read(async (tx) => cpsvDocument(await queries.inForce(tx, day), (await city(tx))?.name ?? SOME_CITY));
    },

    'PUT /api/catalogue/:serviceId/draft': ({ params: { serviceId }, body: { groupId, passport }, asker }) =>
      db.write(async (tx) => {
        mustBeSound(passport);
        const version = await queries.putDraft(tx, serviceId, groupId, passport, asker.id).catch((error: unknown) => {
          if (brokeConstraint(error, 'service_passport_group_id_fkey')) refuse('unknown-group', { groupId });
          throw error;
        });
        await audit(tx, asker, {
          action: 'passport-drafted',
          object: `service ${serviceId}`,
          details: { version },
        });
        return { version };
      }),

    'POST /api/catalogue/:serviceId/publish': async ({
      params: { serviceId },
      body: { validFrom, pilotOnly },
      asker,
    }) => {
      const day = await today();
      if (validFrom < day) return refuse('days-reversed', {});
      const { version, centreIds } = await db.write(async (tx) => {
        const by = await queries.drafter(tx, serviceId);
        if (by !== null && by === asker.id) return refuse('second-person-needed', {});
        const published = await queries.publishDraft(tx, serviceId, validFrom, pilotOnly, asker.id);
        if (published === null) return refuse('no-draft', { serviceId });
        const details = { version: published, validFrom, pilotOnly };
        await audit(tx, asker, { action: 'passport-published', object: `service ${serviceId}`, details });
        return { version: published, centreIds: await offerAll(tx, day) };
      });
      await announceRules(context, centreIds);
      return { version };
    },
  });
}
