import type { FastifyInstance } from 'fastify';
import { randomInt } from 'node:crypto';
import { demoPostContract } from '../contract/booking.ts';
import { USUAL_QUIET } from '../core/notices/quiet.ts';
import { refuse } from '../core/problems.ts';
import type { CentreId } from '../core/queue/ids.ts';
import { businessDayAt, type CivilDate, type TimeZone } from '../core/time/civil.ts';
import { type Instant, MINUTE } from '../core/time/instant.ts';
import type { AppSetting } from './app.ts';
import type { Halls } from './halls.ts';
import { type BookingRoom, type Bookings, calendarOfBooking, openBookings } from './modules/booking/index.ts';
import { centreMeans, doorsOn, givenServices } from './modules/network/index.ts';
import {
  keptWays,
  type MailSetting,
  noteDelivery,
  openMail,
  openPost,
  openSms,
  type SmsSetting,
  type Ways,
} from './modules/notices/index.ts';
import { arrive, stateOfVisit } from './modules/queue/index.ts';
import { installationKey } from './platform/installation.ts';
import { serve } from './platform/serve.ts';

/** How this installation reaches people. */
export interface PostWays {
  readonly mail: MailSetting | null;
  readonly sms: SmsSetting | null;
  /** Where the city's site is, as messages name it. */
  readonly site: string | null;
}

export const NO_POST: PostWays = { mail: null, sms: null, site: null };

/** Bookings with the post that goes with them. */
export interface Appointments extends Bookings {
  /** A booking as a calendar file. */
  calendarOf(bookingId: string): Promise<string>;
  stop(): Promise<void>;
}

const CHANCES = 2 ** 32;

/** The business day of a zone, remembered for the minute: a search asks for it in every centre. */
function businessDays(): (at: Instant, zone: TimeZone) => CivilDate {
  const known = new Map<string, CivilDate>();
  let minute = 0;
  return (at, zone) => {
    if (Math.floor(at / MINUTE) !== minute) known.clear();
    minute = Math.floor(at / MINUTE);
    const day = known.get(zone) ?? businessDayAt(at, zone);
    known.set(zone, day);
    return day;
  };
}

/** Opens bookings and the post: who books is told, reminded, and lines up in the hall when he has come. */
export async function openAppointments(
  app: FastifyInstance,
  { database: { pool }, clock, log, post }: AppSetting,
  { directory, dayBook }: Halls,
): Promise<Appointments> {
  const now = () => clock.now();
  const kept = clock.kind === 'real' ? null : keptWays();
  const ways: Ways = {
    email: post.mail === null ? (kept?.email ?? null) : openMail(post.mail),
    sms:
      post.sms === null
        ? (kept?.sms ?? null)
        : openSms(post.sms, (reference, isDelivered) => {
            noteDelivery(pool, reference, isDelivered, now()).catch((error: unknown) =>
              log.error('a receipt could not be kept', error),
            );
          }),
  };
  const office = openPost({ pool, now, ways, quiet: USUAL_QUIET, log: (message, error) => log.error(message, error) });
  const dayAt = businessDays();
  const visitKey = await installationKey(pool, 'visit-token');
  const room: BookingRoom = {
    pool,
    now,
    tokenKey: await installationKey(pool, 'booking-token'),
    contactKey: await installationKey(pool, 'booking-contact'),
    site: post.site,
    canSend: (way) => ways[way] !== null,
    hurry: () => void office.sendDue().catch((error: unknown) => log.error('messages could not be sent', error)),
    hallOf: (centreId) => directory.hallOf(centreId),
    centres: async () =>
      (await directory.all()).map((entry) => {
        const { centre_id: centreId, name_ru: ru, name_en: en, address_ru: address, ...centre } = entry.centre;
        const { time_zone: zone, latitude, longitude } = centre;
        return {
          centreId,
          name: { ru, en },
          address,
          zone,
          position:
            latitude === null || longitude === null
              ? null
              : { latitude: Number(latitude), longitude: Number(longitude) },
          today: (at) => dayAt(at, zone),
          doorsOn: (day) => doorsOn(entry, day, zone),
        };
      }),
    means: (centreId, from) => centreMeans(pool, centreId, from),
    services: () => givenServices(pool),
    arrive: async ({ bookingId, centreId, day, ...arrival }) => {
      const key = { centreId: await directory.hallOf(centreId), day };
      return arrive(dayBook, pool, visitKey, { ...arrival, bookingId, key });
    },
    visitState: async ({ centreId, day }, visitId) => {
      const hallId: CentreId = await directory.hallOf(centreId);
      return stateOfVisit(pool, { centreId: hallId, day, visitId });
    },
  };
  serve(app, demoPostContract, {
    'GET /api/demo-post': () => [...(kept ?? refuse('not-in-real', {})).messages()],
  });
  const bookings = openBookings(app, room, () => randomInt(CHANCES) / CHANCES);
  return {
    ...bookings,
    calendarOf: (bookingId) => calendarOfBooking(bookings.desk, bookingId),
    stop: () => office.stop(),
  };
}
