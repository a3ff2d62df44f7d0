import type { Passport } from '../../../contract/catalogue.ts';
import { ORDINARY } from '../../../core/queue/configuration.ts';
import type { Day } from '../../../core/queue/day.ts';
import { dueOf } from '../../../core/queue/due.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { waitRange, type WaitRange } from '../../../core/queue/wait-range.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { briefly } from '../../platform/cache-briefly.ts';
import { cityDay } from '../../platform/city.ts';
import { servicesInForce } from '../catalogue/index.ts';
import { type GivenService, givenServices, groupNames, type Words } from '../network/index.ts';
import type { HallContext } from '../queue/index.ts';

/** A service of the catalogue as it is in force. */
interface SiteService {
  readonly serviceId: string;
  readonly groupId: string;
  readonly passport: Passport;
}

/** Lists that many pages show, kept for some seconds. */
export interface SiteLists {
  /** The services of all centres. */
  given(): Promise<readonly GivenService[]>;
  catalogue(): Promise<readonly SiteService[]>;
  /** How service groups are called. */
  groups(): Promise<ReadonlyMap<string, Words>>;
  /** The wait of a visitor who came now, by hall; halls of which it is not known are left out. */
  waits(): Promise<ReadonlyMap<CentreId, WaitRange>>;
}

const FRESH_MS = 5_000;

export function openLists(context: HallContext): SiteLists {
  const { db, now } = context;
  return {
    given: kept(() => db.read((tx) => givenServices(tx))),
    catalogue: kept(() => db.read(async (tx) => servicesInForce(tx, await cityDay(tx, now())))),
    groups: kept(() => db.read((tx) => groupNames(tx))),
    waits: kept(() => waitsOf(context)),
  };
}

function kept<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  const asked = briefly<null, Answer>(FRESH_MS, ask, () => '');
  return () => asked(null);
}

/** The wait of a visitor who came now, in the halls whose days this node has in memory: the middle one of their services. */
async function waitsOf({ directory, halls, now }: HallContext): Promise<ReadonlyMap<CentreId, WaitRange>> {
  const { dayBook, today } = halls;
  const found = new Map<CentreId, WaitRange>();
  const entries = (await directory.all()).filter(({ centre }) => centre.hall_of === null);
  const served = new Set(dayBook.served.map(({ centreId, day }) => `${centreId} ${day}`));
  await Promise.all(
    entries.map(async ({ centre: { centre_id: centreId } }) => {
      const key = await today(centreId);
      if (!served.has(`${key.centreId} ${key.day}`)) return;
      const range = await dayBook.view(key, (day) => middleWait(day, now())).catch(() => null);
      if (range !== null) found.set(centreId, range);
    }),
  );
  return found;
}

function middleWait(day: Day, now: Instant): WaitRange | null {
  const due = dueOf(day.configuration, { classLetter: ORDINARY, slot: null }, now);
  const ranges = day.configuration.services
    .filter(({ off }) => !off)
    .flatMap((service) => waitRange(day, service, due, now) ?? [])
    .toSorted((a, b) => a.q50Minutes - b.q50Minutes);
  return ranges[Math.floor(ranges.length / 2)] ?? null;
}
