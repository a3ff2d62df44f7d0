import { importNetwork, openDirectory } from '../server/modules/network/index.ts';
import { DayBook } from '../server/modules/queue/index.ts';
import { openClock } from '../server/platform/clock.ts';
import type { Database } from '../server/platform/database.ts';
import { cityCentre } from './city-network.ts';
import { configuration, keyOf, noon, opening, seating, service, ticket } from './queue-load.ts';

/** A day book over centres of its own, each window already free. */
export async function seatedBook(
  database: Database,
  centres: readonly number[],
  windowsEach: number,
): Promise<DayBook> {
  const known = new Set((await openDirectory(database).all()).map(({ centre }) => centre.centre_id));
  await importNetwork(
    database,
    centres.filter((centre) => !known.has(centre)).map((centre) => cityCentre(centre, windowsEach)),
  );
  const clock = await openClock(database, 'replay', () => noon);
  await clock.stop();
  const book = new DayBook({
    database,
    clock,
    plan: async () => ({ opening, configuration }),
    closed: () => undefined,
    log: console.error,
  });
  await Promise.all(
    centres.map(async (centre) => {
      for (let windowId = 1; windowId <= windowsEach; windowId += 1) {
        for (const command of seating(windowId)) await book.carryOut(keyOf(centre), command);
      }
    }),
  );
  return book;
}

/** With several windows free in a centre the ticket may be called to any of them; the service follows it there. */
export async function oneVisit(book: DayBook, centre: number): Promise<void> {
  const key = keyOf(centre);
  const called = (await book.carryOut(key, ticket())).find((event) => event.kind === 'visit-called');
  if (called === undefined) throw new Error('no window was free');
  const { windowId, visitId } = called.body;
  for (const command of service(windowId, visitId)) await book.carryOut(key, command);
}
