import type { BookingRuleBody, BookingSettingBody, bookingSettingContract } from '../../../contract/booking-setting.ts';
import { settingFault } from '../../../core/booking/setting.ts';
import { problem, type Problem, ProblemError, refuse } from '../../../core/problems.ts';
import { businessDayAt } from '../../../core/time/civil.ts';
import { audit } from '../../platform/audit.ts';
import type { Handlers } from '../../platform/serve.ts';
import { conflictsAt } from './conflicts.ts';
import type { Desk } from './make.ts';
import { fillWithin } from './ledger/fill.ts';
import { bookingRules, putBookingRule, putBookingSetting } from './ledger/store.ts';
import { centreOf, settingOf } from './wanted.ts';

/** How centres take bookings, and services places. */
export function bookingSettingHandlers(desk: Desk): Handlers<typeof bookingSettingContract> {
  const { room, known } = desk;
  return {
    'GET /api/centres/:centreId/booking-setting': async ({ params: { centreId } }) => {
      const facts = await known.read();
      centreOf(facts, centreId);
      return settingOf(facts, centreId) as BookingSettingBody;
    },

    'PUT /api/centres/:centreId/booking-setting': async ({ params: { centreId }, body, asker }) => {
      const facts = await known.read();
      const { zone } = centreOf(facts, centreId);
      const given = facts.services.get(centreId);
      const unknown = body.serviceLimits.find(({ serviceId }) => given?.has(serviceId) !== true);
      if (unknown !== undefined) return refuse('unknown-service', { serviceId: unknown.serviceId });
      const now = room.now();
      const today = businessDayAt(now, zone);
      const windows = (await room.db.read((tx) => room.means(tx, centreId, today))).get(centreId)?.windows ?? 0;
      const fault = settingFault(body, { today, windows });
      if (fault !== null) throw new ProblemError(asProblem(fault));
      await room.db.write(async (tx) => {
        await putBookingSetting(tx, centreId, body, now);
        await fillWithin(room, tx, centreId);
        await audit(tx, asker, { action: 'booking-setting', object: `centre ${centreId}`, details: body });
      });
      known.forget();
      return { conflicts: (await conflictsAt(desk, centreId)).length };
    },

    'GET /api/booking-rules': async () => room.db.read((tx) => bookingRules(tx)) as Promise<BookingRuleBody[]>,

    'PUT /api/booking-rules/:serviceId': async ({ params: { serviceId }, body, asker }) => {
      await room.db.write(async (tx) => {
        await putBookingRule(tx, { serviceId, ...body });
        await audit(tx, asker, { action: 'booking-rule', object: `service ${serviceId}`, details: body });
      });
      known.forget();
    },
  };
}

function asProblem({ code, ...params }: NonNullable<ReturnType<typeof settingFault>>): Problem {
  return problem(code, params as never) as Problem;
}
