import type { BookingRuleBody, BookingSettingBody, bookingSettingContract } from '../../../contract/booking-setting.ts';
import { settingFault } from '../../../core/booking/setting.ts';
import { problem, type Problem, ProblemError, refuse } from '../../../core/problems.ts';
import { businessDayAt } from '../../../core/time/civil.ts';
import { audit } from '../../platform/audit.ts';
import type { Handlers } from '../../platform/serve.ts';
import { centreMeans } from '../network/index.ts';
import { conflictsAt } from './conflicts/find-conflicts.ts';
import type { BookingContext } from './context.ts';
import { fillWithin } from './ledger/fill.ts';
import { bookingRules, putBookingRule, putBookingSetting } from './ledger/queries.ts';
import { centreOf, settingOf } from './offer-lookup.ts';

/** How centres take bookings, and services places. */
export function bookingSettingHandlers(context: BookingContext): Handlers<typeof bookingSettingContract> {
  const { db, now, offers } = context;
  return {
    'GET /api/centres/:centreId/booking-setting': async ({ params: { centreId } }) => {
      const facts = await offers.read();
      centreOf(facts, centreId);
      return settingOf(facts, centreId) as BookingSettingBody;
    },

    'PUT /api/centres/:centreId/booking-setting': async ({ params: { centreId }, body, asker }) => {
      const facts = await offers.read();
      const { zone } = centreOf(facts, centreId);
      const given = facts.services.get(centreId);
      const unknown = body.serviceLimits.find(({ serviceId }) => given?.has(serviceId) !== true);
      if (unknown !== undefined) return refuse('unknown-service', { serviceId: unknown.serviceId });
      const today = businessDayAt(now(), zone);
      const windows = (await db.read((tx) => centreMeans(tx, centreId, today))).get(centreId)?.windows ?? 0;
      const fault = settingFault(body, { today, windows });
      if (fault !== null) throw new ProblemError(asProblem(fault));
      await db.write(async (tx) => {
        await putBookingSetting(tx, centreId, body, now());
        await fillWithin(tx, context, centreId);
        await audit(tx, asker, { action: 'booking-setting', object: `centre ${centreId}`, details: body });
      });
      offers.forget();
      return { conflicts: (await conflictsAt(context, centreId)).length };
    },

    'GET /api/booking-rules': async () => db.read((tx) => bookingRules(tx)) as Promise<BookingRuleBody[]>,

    'PUT /api/booking-rules/:serviceId': async ({ params: { serviceId }, body, asker }) => {
      await db.write(async (tx) => {
        await putBookingRule(tx, { serviceId, ...body });
        await audit(tx, asker, { action: 'booking-rule', object: `service ${serviceId}`, details: body });
      });
      offers.forget();
    },
  };
}

function asProblem({ code, ...params }: NonNullable<ReturnType<typeof settingFault>>): Problem {
  return problem(code, params as never) as Problem;
}
