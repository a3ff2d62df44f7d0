import { choosingPageContract, confirmingPageContract } from '../../../contract/site-pages.ts';
import { serve } from '../../platform/serve.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import { type OwnBooking, ServicesField } from '../../../contract/booking.ts';
import { CentreIdField, DayField, Instant as InstantField } from '../../../contract/fields.ts';
import type { BookingWish, PlaceChoice } from '../../../contract/site.ts';
import { problem, sentenceOf } from '../../../core/problems.ts';
import { businessDayAt, type CivilDate } from '../../../core/time/civil.ts';
import { type Instant } from '../../../core/time/instant.ts';
import { localTime } from '../../../core/time/wording.ts';
import { readerOf } from '../../platform/read-input.ts';
import { type Refused, replyOf, type Visitor } from './ask-api.ts';
import { centreCards, siteCentres, wallTime } from './centre-cards.ts';
import type { Site } from './context.ts';
import { current, keepBooking } from './kept-booking.ts';
import { originsOf } from './origins.ts';
import { keepSentTo, keepTypedCode, masked, sentTo, takeTypedCode } from './sent-to.ts';
import { servicesOf } from './service-cards.ts';
import { trouble } from './trouble.ts';
import { keepForAccount } from './visitor-session.ts';

const readServiceList = readerOf(ServicesField);
const readInstant = readerOf(InstantField);
const readNonce = readerOf(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }));
const readCentreId = readerOf(CentreIdField);
const readDay = readerOf(DayField);
const PLACES_SHOWN = 8;
const DAYS_SHOWN = 14;
const CODE_MAX = 10;

/** Booking in five pages, one question each. Every step works without a script, and back is always safe. */
export function bookingPages(app: FastifyInstance, site: Site): void {
  choosing(app, site);
  confirming(app, site);
}

function choosing(app: FastifyInstance, site: Site): void {
  const { ask, draw, visitorOf } = site;

  serve(app, choosingPageContract, {
    'GET /book': async (request, reply) => {
      const visitor = visitorOf(request);
      const wish = await wishOf(site, request.query['service'], isMove(request.query));
      if (wish === null) return reply.redirect(`/services?lang=${visitor.language}`, 303);
      const from = readCentreId(request.query['from']);
      const found = await ask(visitor, 'GET /api/free-times', { query: { services: wish.service } });
      if ('refused' in found) return trouble(site, visitor, reply, found.refused);
      const firsts = new Map(found.reply.map(({ centreId, first }) => [centreId, first]));
      const cards = await centreCards(site, from);
      const zones = new Map((await siteCentres(site)).map(({ centreId, zone }) => [centreId, zone]));
      const all = cards.flatMap((card): (PlaceChoice & { readonly at: Instant })[] => {
        const at = firsts.get(card.centreId);
        const zone = zones.get(card.centreId);
        return at === undefined || zone === undefined ? [] : [{ ...card, at, first: localTime(at, zone) }];
      });
      const isAll = request.query['all'] === '1';
      const sorted =
        from === null
          ? all.toSorted((a, b) => a.at - b.at)
          : all.toSorted((a, b) => (a.wayMinutes ?? 999) - (b.wayMinutes ?? 999));
      const places = isAll
        ? all.toSorted((a, b) => a.name.ru.localeCompare(b.name.ru, 'ru'))
        : sorted.slice(0, PLACES_SHOWN);
      return draw(visitor, reply, { page: 'where', wish, places, isAll, origins: await originsOf(site), from });
    },

    'GET /book/when': async (request, reply) => drawWhen(site, visitorOf(request), reply, request.query, null),

    'POST /book/when': async (request, reply) => {
      const visitor = visitorOf(request);
      const { service = '', centre = '', at = '', command = '', move = '', challenge = '', nonce } = request.body ?? {};
      const found = readNonce(nonce);
      const wish = await wishOf(site, service, move === '1');
      const [centreId, time] = [readCentreId(centre), readInstant(at)];
      if (wish === null || centreId === null || time === null) return reply.redirect('/services', 303);
      const before = await current(site, visitor);
      // A visitor who goes back and chooses again moves what they hold; nobody holds two times by pressing twice.
      const isSame = before?.state === 'held' && servicesIn(before) === service;
      const answer =
        before !== null && (isSame || (wish.isMove && before.state === 'booked'))
          ? await ask(visitor, 'POST /api/own-booking/move', { body: { token: before.token, centreId, at: time } })
          : await ask(visitor, 'POST /api/bookings', {
              body: {
                commandId: uuidOr(command),
                centreId,
                at: time,
                services: readServices(service),
                language: visitor.language,
                ...(found !== null && { proof: { challenge: challenge.slice(0, 200), nonce: found } }),
              },
            });
      if ('refused' in answer) return drawWhen(site, visitor, reply, { service, centre, move }, answer.refused);
      keepBooking(request, reply, answer.reply.token);
      await keepForAccount(site, request, answer.reply.bookingId);
      return reply.redirect(answer.reply.state === 'booked' ? '/my-booking/show' : '/book/contact', 303);
    },
  });
}

async function drawWhen(
  site: Site,
  visitor: Visitor,
  reply: FastifyReply,
  query: Readonly<Record<string, string | undefined>>,
  refused: Refused | null,
): Promise<FastifyReply> {
  const { ask, draw, now } = site;
  const centreId = readCentreId(query['centre']);
  const wish = await wishOf(site, query['service'], isMove(query));
  const centre = (await centreCards(site, null)).find((one) => one.centreId === centreId);
  const zone = (await siteCentres(site)).find((one) => one.centreId === centreId)?.zone;
  if (wish === null || centre === undefined || zone === undefined) return reply.redirect('/services', 303);
  const services = wish.service;
  const found = await ask(visitor, 'GET /api/free-times', { query: { services } });
  // Not asked is not the same as nothing free.
  if ('refused' in found && found.refused.status === 429) return trouble(site, visitor, reply, found.refused);
  const days = replyOf(found)?.find((one) => one.centreId === centreId)?.days ?? [];
  const asked = readDay(query['day']);
  const day = asked ?? days[0]?.day ?? businessDayAt(now(), zone);
  const of = { params: { centreId: centre.centreId }, query: { services, day } };
  const times = replyOf(await ask(visitor, 'GET /api/centres/:centreId/free-times', of));
  return draw(
    visitor,
    reply,
    {
      page: 'when',
      wish,
      commandId: randomUUID(),
      centre,
      days: shownDays(days, day),
      day,
      times: (times?.times ?? []).map(({ at }) => ({ at, time: wallTime(at, zone) })),
      minutes: times?.minutes ?? 0,
      problem: refused?.detail ?? null,
      work: refused?.code === 'proof-needed' ? (refused.params as { challenge: string; bits: number }) : null,
    },
    refused?.status ?? 200,
  );
}

/** Two weeks of days around the one that is looked at. */
function shownDays(
  days: readonly { readonly day: CivilDate; readonly times: number }[],
  day: CivilDate,
): readonly { readonly day: CivilDate; readonly times: number }[] {
  const place = Math.max(
    0,
    days.findIndex((one) => one.day >= day),
  );
  const first = Math.max(0, Math.min(place - 3, days.length - DAYS_SHOWN));
  return days.slice(first, first + DAYS_SHOWN);
}

async function drawContact(
  site: Site,
  visitor: Visitor,
  reply: FastifyReply,
  booking: OwnBooking,
  written: { readonly typed: string; readonly address: string },
  refused: Refused | null,
): Promise<FastifyReply> {
  const origins = booking.atHome ? await originsOf(site) : [];
  const page = { page: 'contact', booking, ...written, origins, problem: refused?.detail ?? null } as const;
  return site.draw(visitor, reply, page, refused?.status ?? 200);
}

function confirming(app: FastifyInstance, site: Site): void {
  const { ask, draw, visitorOf } = site;

  serve(app, confirmingPageContract, {
    'GET /book/contact': async (request, reply) => {
      const visitor = visitorOf(request);
      const booking = await current(site, visitor);
      if (booking?.state !== 'held') return reply.redirect(pageAfter(booking), 303);
      return drawContact(site, visitor, reply, booking, { typed: '', address: '' }, null);
    },

    'POST /book/contact': async (request, reply) => {
      const visitor = visitorOf(request);
      const booking = await current(site, visitor);
      if (booking?.state !== 'held') return reply.redirect(pageAfter(booking), 303);
      const contact = (request.body?.['contact'] ?? '').trim().slice(0, 254);
      const address = (request.body?.['address'] ?? '').trim().slice(0, 300);
      const origin = (await siteCentres(site)).find(
        ({ centreId }) => centreId === readCentreId(request.body?.['from']),
      );
      const isHome = booking.atHome && address.length >= 5;
      const answer = await ask(visitor, 'POST /api/own-booking/contact', {
        body: {
          token: booking.token,
          contact: contact.padEnd(3),
          ...(isHome && { address: { text: address, position: origin?.position ?? null } }),
        },
      });
      // A visitor who asks once more for the same address goes on with the code already sent there.
      const isSame = sentTo(request) === masked(contact);
      if ('refused' in answer && !(answer.refused.code === 'code-too-often' && isSame))
        return drawContact(site, visitor, reply, booking, { typed: contact, address }, answer.refused);
      keepSentTo(request, reply, contact);
      return reply.redirect('/book/check', 303);
    },

    'GET /book/check': async (request, reply) => {
      const visitor = visitorOf(request);
      const booking = await current(site, visitor);
      if (booking?.state !== 'held') return reply.redirect(pageAfter(booking), 303);
      const typed = takeTypedCode(request, reply);
      const fault =
        typed === null ? null : problem(sixDigits(typed) === null ? 'code-not-six-digits' : 'wrong-code', {});
      return draw(visitor, reply, {
        page: 'check',
        booking,
        sentTo: sentTo(request),
        typed: typed ?? '',
        problem: fault === null ? null : sentenceOf(fault, visitor.language),
        isDemo: !site.isReal,
      });
    },

    'POST /book/check': async (request, reply) => {
      const visitor = visitorOf(request);
      const booking = await current(site, visitor);
      if (booking?.state !== 'held') return reply.redirect(pageAfter(booking), 303);
      const typed = (request.body?.['code'] ?? '').trim().slice(0, CODE_MAX);
      const code = sixDigits(typed);
      // What cannot be a code costs no try. The refusal is a page of its own address: going back to it asks us again.
      if (code === null) return tryAgain(request, reply, typed);
      const answer = await ask(visitor, 'POST /api/own-booking/confirm', { body: { token: booking.token, code } });
      if (!('refused' in answer)) return reply.redirect('/book/done', 303);
      const { code: why, status, detail } = answer.refused;
      if (why === 'wrong-code') return tryAgain(request, reply, typed);
      const shown = { booking, sentTo: sentTo(request), typed, problem: detail, isDemo: !site.isReal };
      return draw(visitor, reply, { page: 'check', ...shown }, status);
    },

    'GET /book/done': async (request, reply) => {
      const visitor = visitorOf(request);
      const booking = await current(site, visitor);
      if (booking?.state !== 'booked') return reply.redirect(pageAfter(booking), 303);
      return draw(visitor, reply, { page: 'booked', booking });
    },
  });
}

/** Where to send a visitor who comes to a step of booking that is past: to the result of the booking. */
function pageAfter(booking: OwnBooking | null): string {
  if (booking === null) return '/my-booking';
  return booking.state === 'booked' ? '/book/done' : '/my-booking/show';
}

function tryAgain(request: FastifyRequest, reply: FastifyReply, typed: string): FastifyReply {
  keepTypedCode(request, reply, typed);
  return reply.redirect('/book/check', 303);
}

/** The code in what was typed, with spaces or without; null: it is none. */
function sixDigits(typed: string): string | null {
  const digits = typed.replaceAll(/[\s-]/g, '');
  return /^\d{6}$/.test(digits) ? digits : null;
}

/** The services to book; null for services that do not exist. */
async function wishOf(site: Site, service = '', isMoving = false): Promise<BookingWish | null> {
  if (readServiceList(service) === null) return null;
  const known = new Map((await servicesOf(site)).map((one) => [one.serviceId, one.name]));
  const names = readServices(service).map(({ serviceId }) => known.get(serviceId));
  if (names.includes(undefined)) return null;
  return { service, names: names.filter((name) => name !== undefined), isMove: isMoving };
}

function isMove(query: Readonly<Record<string, string | undefined>>): boolean {
  return query['move'] === '1';
}

function readServices(text: string): { serviceId: string; quantity: number }[] {
  return text.split(',').map((one) => {
    const [serviceId = '', quantity = '1'] = one.split(':');
    return { serviceId, quantity: Number(quantity) };
  });
}

function servicesIn({ services }: OwnBooking): string {
  return services.map(({ serviceId, quantity }) => (quantity === 1 ? serviceId : `${serviceId}:${quantity}`)).join(',');
}

function uuidOr(text: string): string {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : randomUUID();
}
