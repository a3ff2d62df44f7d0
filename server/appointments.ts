import { randomInt } from 'node:crypto';
import { demoPostContract } from '../contract/booking.ts';
import { USUAL_QUIET } from '../core/notices/quiet.ts';
import { refuse } from '../core/problems.ts';
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
import {
  announce,
  keptWays,
  noteDelivery,
  openMail,
  openPush,
  openPost,
  openSms,
  readAddress,
  type Ways,
} from './modules/notices/index.ts';
import { openDeliveries, partnerByName } from './modules/partners/index.ts';
import { mayAtCentre } from './modules/people/index.ts';
import { OPEN_NET } from './platform/outward.ts';
import {
  arrive,
  comeBack,
  type HallContext,
  hallStops,
  keepPerson,
  stateOfVisit,
  ticketNow,
  visitIdOfBooking,
  visitsNearTurn,
} from './modules/queue/index.ts';
import { installationKey } from './platform/installation.ts';
import { isolated, type LogFault } from './platform/isolated.ts';
import { serve } from './platform/serve.ts';
import type { Watch } from './platform/watch.ts';
import { HOUR_MS } from './platform/jobs.ts';
import type { NodeSettings, PostWays } from './settings.ts';

export const NO_POST: PostWays = { mail: null, sms: null, site: null };

/** Bookings with the post that goes with them. */
export interface Appointments extends Bookings {
  /** A booking as a calendar file. */
  calendarOf(bookingId: string): Promise<string>;
  /** The secret of a booking's own page. */
  tokenOf(bookingId: string): string;
}

const CHANCES = 2 ** 32;
/** The name under which the installation's key for messages to browsers is kept. */
export const PUSH_KEY = 'web-push';

const CALL_BACK_EVERY_SECONDS = 5;
/** By this time the visitor has been called. */
const CALLED_BACK_WITHIN = 15 * MINUTE;

type Near = Awaited<ReturnType<typeof visitsNearTurn>>[number];

/** Looks every few seconds whose turn is near, and tells each once. */
function callBack(
  watch: Watch,
  { near, tell, log }: { near(): Promise<Near[]>; tell(visit: Near): Promise<void>; log: LogFault },
): () => void {
  const told = new Set<string>();
  let seconds = 0;
  const look = async () => {
    for (const visit of await near()) {
      if (told.has(visit.visitId)) continue;
      told.add(visit.visitId);
      await isolated(log, 'a visitor could not be called back', () => tell(visit));
    }
  };
  return watch.everySecond(() => {
    seconds += 1;
    return seconds % CALL_BACK_EVERY_SECONDS === 0 ? look() : undefined;
  });
}

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
export async function openAppointments(context: HallContext, settings: NodeSettings): Promise<Appointments> {
  const { http, db, vault, now, log, watch, places, directory, siteUrl, outward, onClose, addJob } = context;
  const fail = (message: string) => (error: unknown) => log.error(message, error);
  const logFault: LogFault = (message, error) => log.error(message, error);
  const { ways, kept } = await waysOf(context, settings.post);
  const office = openPost({ db, now, ways, quiet: USUAL_QUIET, log: logFault });
  const hallPlaces = { places, hallOf: (centreId: CentreId) => directory.hallOf(centreId) };
  const room: BookingRoom = {
    ...cityOf(context, await installationKey(db, 'visit-token')),
    db,
    now,
    tokenKey: await installationKey(db, 'booking-token'),
    contactKey: await installationKey(db, 'booking-contact'),
    site: siteUrl,
    partnerOf: async ({ kind, id }) => (kind === 'key' && id !== null ? db.read((tx) => partnerByName(tx, id)) : null),
    mayKeepAt: (asker, centreId) => mayAtCentre(asker, 'keep-bookings', centreId, hallPlaces),
    canSend: (way) => ways[way] !== null,
    takesAddress: async ({ email }) => email === null || ((await ways.email?.takes?.(email)) ?? true),
    hurry: () => void office.sendDue().catch(fail('messages could not be sent')),
  };
  serve(http, demoPostContract, {
    'GET /api/demo-post': () => [...(kept ?? refuse('not-in-real', {})).messages()],
  });
  const stopCalling = callBack(watch, {
    near: () => db.read((tx) => visitsNearTurn(tx, context.halls.dayBook)),
    tell: (visit) => tellNear(context, visit),
    log: logFault,
  });
  const deliveries = openDeliveries({ db, vault, now, outward, log: logFault });
  const bookings = openBookings(http, room, () => randomInt(CHANCES) / CHANCES);
  onClose(async () => {
    stopCalling();
    await Promise.all([office.stop(), deliveries.stop()]);
  });
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

/** How messages go out: by the servers that are set up, and in a demo into a box that everybody may look into. */
async function waysOf(context: HallContext, post: PostWays) {
  const { db, now, isReal, log } = context;
  const kept = isReal ? null : keptWays();
  const receipt = (reference: string, isDelivered: boolean) => {
    db.write((tx) => noteDelivery(tx, reference, isDelivered, now())).catch((error: unknown) =>
      log.error('a receipt could not be kept', error),
    );
  };
  const ways: Ways = {
    email: post.mail === null ? (kept?.email ?? null) : openMail(post.mail),
    sms: post.sms === null ? (kept?.sms ?? null) : openSms(post.sms, receipt),
    push: await pushWay(context, kept),
  };
  return { ways, kept };
}

/** Browsers are reached only by an installation with its own site over TLS: the address names the sender, and browsers subscribe only from there. */
async function pushWay({ db, siteUrl: site, outward }: HallContext, kept: ReturnType<typeof keptWays> | null) {
  if (kept !== null && outward === OPEN_NET) return kept.push;
  return !isOverTls(site) ? null : openPush({ key: await installationKey(db, PUSH_KEY), site, outward });
}

/** Whether messages have a site over TLS that answers for them. */
export function isOverTls(site: string | null): site is string {
  return site?.startsWith('https://') === true;
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
function cityOf({ db, directory, halls: { dayBook } }: HallContext, visitKey: Buffer): CityPart {
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
      const ticket = await arrive(dayBook, db, visitKey, { ...arrival, bookingId, key });
      const contact = await db.read((tx) => contactOf(tx, bookingId));
      const reach = contact?.phone ?? contact?.email ?? null;
      if (reach !== null)
        await db.write((tx) => keepPerson(tx, { key, visitId: ticket.visitId }, { ground: null, contact: reach }));
      return ticket;
    },
    ticketOf: async ({ centreId, day }, visitId, back) => {
      const place = { key: { centreId: await directory.hallOf(centreId), day }, visitId };
      return back ? comeBack(dayBook, visitKey, place) : ticketNow(dayBook, visitKey, place);
    },
    visitState: async (tx, { centreId, day }, visitId) => {
      const hallId: CentreId = await directory.hallOf(centreId);
      return stateOfVisit(tx, { centreId: hallId, day, visitId });
    },
    stopsOf: async (tx, { centreId, day }) => hallStops(tx, { centreId: await directory.hallOf(centreId), day }),
  };
}

/** Three visitors are ahead: a visitor who left a contact is told, by night too. */
async function tellNear(
  { db, now, directory }: HallContext,
  { key, visitId, number, language, contact }: Near,
): Promise<void> {
  const to = readAddress(contact);
  if (to === null) return;
  const { name_ru: ru, name_en: en, time_zone: zone } = (await directory.centre(key.centreId)).centre;
  const at = now();
  const notice = {
    kind: 'three-before-you',
    to,
    language: language === 'ru' ? 'ru' : 'en',
    params: { zone, number, centre: { ru, en } },
    about: `visit ${key.centreId} ${key.day} ${visitId}`,
    urgent: true,
    goodUntil: at + CALLED_BACK_WITHIN,
  } as const;
  await db.write((tx) => announce(tx, notice, at));
}
