import { randomInt } from 'node:crypto';
import type { CentreId } from '../core/queue/ids.ts';
import { addDays, businessDayAt, type CivilDate, type TimeZone } from '../core/time/civil.ts';
import { type Instant, MINUTE } from '../core/time/instant.ts';
import {
  type BookableCentre,
  type BookingRoom,
  type Bookings,
  bookingToken,
  calendarOfBooking,
  contactOf,
  openBookings,
} from './modules/booking/index.ts';
import { centreMeans, centreVersions, type DirectoryEntry, doorsOn, givenServices } from './modules/network/index.ts';
import type { NoticesContext } from './modules/notices/index.ts';
import { mayAtCentre } from './modules/people/index.ts';
import {
  arrive,
  comeBack,
  type HallContext,
  hallStops,
  keepPerson,
  stateOfVisit,
  ticketNow,
  visitIdOfBooking,
} from './modules/queue/index.ts';
import { installationKey } from './platform/installation.ts';
import { HOUR_MS } from './platform/jobs.ts';
import type { NodeSettings } from './settings.ts';

/** Bookings with the post that goes with them. */
export interface Appointments extends Bookings {
  /** A booking as a calendar file. */
  calendarOf(bookingId: string): Promise<string>;
  /** The secret of a booking's own page. */
  tokenOf(bookingId: string): string;
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

/** Opens bookings and the post: a visitor who books is notified, reminded, and lines up in the hall when they have come. */
export async function openAppointments(
  context: HallContext,
  notices: NoticesContext,
  settings: NodeSettings,
): Promise<Appointments> {
  const { http, db, now, siteUrl, addJob } = context;
  const room: BookingRoom = {
    ...cityOf(context),
    db,
    now,
    tokenKey: await installationKey(db, 'booking-token'),
    contactKey: await installationKey(db, 'booking-contact'),
    site: siteUrl,
    mayKeepAt: (asker, centreId) => mayAtCentre(context, asker, 'keep-bookings', centreId),
    ways: notices.ways,
    sendNow: notices.sendNow,
  };
  const bookings = openBookings(http, room, () => randomInt(CHANCES) / CHANCES);
  context.offersChanged.add((centreIds) => bookings.refill(centreIds));
  context.doorsMoved.add(({ key, isOpen, asker }) =>
    bookings.tellOfDoors({ hallId: key.centreId, day: key.day, isOpen }, asker),
  );
  addJob({ name: 'places to book', everyMs: HOUR_MS, run: () => bookings.refill(null) });
  const forgetBefore = () => addDays(businessDayAt(now(), 'UTC' as TimeZone), -settings.keep.personsDays);
  addJob({ name: 'what became of bookings', everyMs: HOUR_MS, run: () => bookings.settle(forgetBefore()) });
  return {
    ...bookings,
    tokenOf: (bookingId) => bookingToken(room.tokenKey, bookingId),
    calendarOf: (bookingId) => calendarOfBooking(bookings.desk, bookingId),
  };
}

type CityPart = Pick<
  BookingRoom,
  | 'hallOf'
  | 'visitIdOf'
  | 'centres'
  | 'centresWithin'
  | 'versions'
  | 'means'
  | 'services'
  | 'arrive'
  | 'ticketOf'
  | 'visitState'
  | 'stopsOf'
>;

/** A centre as bookings know it. */
function bookable(entry: DirectoryEntry, dayAt: (at: Instant, zone: TimeZone) => CivilDate): BookableCentre {
  const { centre_id: centreId, name_ru: ru, name_en: en, address_ru: address, ...centre } = entry.centre;
  const { time_zone: zone, latitude, longitude } = centre;
  const isPlaced = latitude !== null && longitude !== null;
  return {
    centreId,
    name: { ru, en },
    address,
    zone,
    position: isPlaced ? { latitude: Number(latitude), longitude: Number(longitude) } : null,
    calendar: JSON.stringify([entry.hours, entry.closures, entry.earlyClosings]),
    today: (at) => dayAt(at, zone),
    doorsOn: (day) => doorsOn(entry, day, zone),
  };
}

/** What bookings are told of centres, and how their visitors line up in the halls. */
function cityOf(context: HallContext): CityPart {
  const { db, directory } = context;
  const dayAt = businessDays();
  return {
    hallOf: (centreId) => directory.hallOf(centreId),
    centres: async () => (await directory.all()).map((entry) => bookable(entry, dayAt)),
    centresWithin: async (tx) => (await directory.within(tx)).map((entry) => bookable(entry, dayAt)),
    versions: (tx) => centreVersions(tx),
    means: centreMeans,
    services: givenServices,
    visitIdOf: visitIdOfBooking,
    arrive: async ({ bookingId, centreId, day, ...arrival }) => {
      const key = { centreId: await directory.hallOf(centreId), day };
      const ticket = await arrive(context, { ...arrival, bookingId, key });
      const contact = await db.read((tx) => contactOf(tx, bookingId));
      const reach = contact?.phone ?? contact?.email ?? null;
      if (reach !== null)
        await db.write((tx) => keepPerson(tx, { key, visitId: ticket.visitId }, { ground: null, contact: reach }));
      return ticket;
    },
    ticketOf: async ({ centreId, day }, visitId, back) => {
      const place = { key: { centreId: await directory.hallOf(centreId), day }, visitId };
      return back ? comeBack(context, place) : ticketNow(context, place);
    },
    visitState: async (tx, { centreId, day }, visitId) => {
      const hallId: CentreId = await directory.hallOf(centreId);
      return stateOfVisit(tx, { centreId: hallId, day, visitId });
    },
    stopsOf: async (tx, { centreId, day }) => hallStops(tx, { centreId: await directory.hallOf(centreId), day }),
  };
}
