import { findingPageContract, ownBookingPageContract } from '../../../contract/site-pages.ts';
import { serve } from '../../platform/serve.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OwnBooking } from '../../../contract/booking.ts';
import { problem, sentenceOf } from '../../../core/problems.ts';
import { businessDayAt, type TimeZone } from '../../../core/time/civil.ts';
import { MINUTE } from '../../../core/time/instant.ts';
import { calendarOfBooking } from '../booking/index.ts';
import type { Refused, Visitor } from './ask-api.ts';
import type { Site } from './context.ts';
import { current, keepBooking, leaveBooking } from './kept-booking.ts';

const CHECK_IN_BEFORE = 60 * MINUTE;

/** One's own booking: found by its code, shown, moved, cancelled, and checked in with. */
export function ownBookingPages(app: FastifyInstance, site: Site): void {
  finding(app, site);
  ownBooking(app, site);
}

/** An own booking in its current state, and whether its visitor may check in now: one who is late, or has checked in, is told what follows. */
function showOwn(
  { now, draw }: Site,
  visitor: Visitor,
  reply: FastifyReply,
  booking: OwnBooking,
  refused: Refused | null,
): FastifyReply {
  const at = now();
  const canCheckIn =
    (booking.state === 'booked' || booking.state === 'came') &&
    !booking.atHome &&
    at >= booking.at - CHECK_IN_BEFORE &&
    businessDayAt(at, booking.timeZone as TimeZone) === booking.day;
  const page = { page: 'booking', booking, canCheckIn, problem: refused?.detail ?? null } as const;
  return draw(visitor, reply, page, refused?.status ?? 200);
}

function finding(app: FastifyInstance, site: Site): void {
  const { ask, draw, visitorOf } = site;

  serve(app, findingPageContract, {
    'GET /my-booking': async (request, reply) => {
      const visitor = visitorOf(request);
      const own = await current(site, visitor);
      return draw(visitor, reply, { page: 'find', code: '', contact: '', own, problem: null });
    },

    'POST /my-booking': async (request, reply) => {
      const visitor = visitorOf(request);
      const { code = '', contact = '' } = request.body ?? {};
      const asked = { code, contact: contact.trim().padEnd(3) };
      const answer = await ask(visitor, 'POST /api/own-booking/find', { body: asked });
      if ('refused' in answer) {
        const { status, code: why, detail } = answer.refused;
        // What cannot be a code is the code of no booking: that is all the person has to know.
        const none =
          why === 'malformed-request' ? sentenceOf(problem('unknown-booking', {}), visitor.language) : detail;
        return draw(
          visitor,
          reply,
          { page: 'find', code, contact, own: await current(site, visitor), problem: none },
          status,
        );
      }
      keepBooking(request, reply, answer.reply.token);
      return reply.redirect('/my-booking/show', 303);
    },

    'POST /my-booking/leave': (request, reply) => {
      leaveBooking(reply);
      return reply.redirect(`/?lang=${visitorOf(request).language}`, 303);
    },
  });
}

function ownBooking(app: FastifyInstance, site: Site): void {
  const { ask, draw, visitorOf } = site;
  /** With the booking that this browser keeps, or back to where it is found. */
  const withBooking =
    (work: (visitor: Visitor, reply: FastifyReply, booking: OwnBooking) => Promise<FastifyReply> | FastifyReply) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const visitor = visitorOf(request);
      const booking = await current(site, visitor);
      return booking === null ? reply.redirect('/my-booking', 303) : work(visitor, reply, booking);
    };

  serve(app, ownBookingPageContract, {
    'GET /my-booking/show': withBooking((visitor, reply, booking) => showOwn(site, visitor, reply, booking, null)),

    'GET /my-booking/cancel': withBooking((visitor, reply, booking) =>
      draw(visitor, reply, { page: 'cancel', booking }),
    ),

    'POST /my-booking/cancel': withBooking(async (visitor, reply, booking) => {
      const answer = await ask(visitor, 'POST /api/own-booking/cancel', { body: { token: booking.token } });
      if ('refused' in answer) return showOwn(site, visitor, reply, booking, answer.refused);
      return reply.redirect('/my-booking/show', 303);
    }),

    'POST /my-booking/check-in': withBooking(async (visitor, reply, booking) => {
      const answer = await ask(visitor, 'POST /api/own-booking/check-in', { body: { token: booking.token } });
      if ('refused' in answer) return showOwn(site, visitor, reply, booking, answer.refused);
      // The secret of the ticket is after the hash: it is sent to no server.
      return reply.redirect(`/t?lang=${visitor.language}#${answer.reply.token}`, 303);
    }),

    'GET /my-booking/appointment.ics': withBooking(async (_visitor, reply, booking) =>
      reply
        .type('text/calendar; charset=utf-8')
        .header('content-disposition', 'attachment; filename="appointment.ics"')
        .send(await calendarOfBooking(site, booking.bookingId)),
    ),
  });
}
