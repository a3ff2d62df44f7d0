import type { CentreId } from '../../../core/queue/ids.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import { openDirectory } from '../network/index.ts';
import { type ArrivalCount, keepArrivals } from './queries.ts';
import type { Db } from '../../platform/handles.ts';
import { readTickets } from './ticket-file.ts';

const HALF_HOUR_MINUTES = 30;

/** An office was named as a centre that does not exist. */
export class UnknownCentre extends Error {
  override readonly name = 'UnknownCentre';
}

/**
 * Reads a city's own tickets (CSV or CSV.gz: date, office, queue, ticket, issue_min, call_min) as counts by half hours, from which
 * forecasts are made. An office is the code or the number of a centre, or is named as one by `--as OFFICE=CENTRE`. Days that were
 * read before are replaced; nothing is written when an office is unknown.
 */
export async function importHistory(
  database: Db,
  file: string,
  names: readonly string[],
  say: (line: string) => void,
): Promise<string | null> {
  const counts = new Map<
    string,
    { office: string; day: CivilDate; groupId: string; halfHour: number; visitors: number }
  >();
  await readTickets(file, ({ date, office, queue, takenMinute }) => {
    const halfHour = Math.floor(takenMinute / HALF_HOUR_MINUTES);
    const key = [office, date, queue, halfHour].join('\n');
    const known = counts.get(key) ?? { office, day: date, groupId: queue, halfHour, visitors: 0 };
    known.visitors += 1;
    counts.set(key, known);
  });
  if (counts.size === 0) {
    say(`${file} has no tickets. Nothing was written.`);
    return null;
  }
  const centreOf = await offices(database, names);
  const unknown = [...new Set([...counts.values()].map(({ office }) => office))].filter(
    (office) => !centreOf.has(office),
  );
  if (unknown.length > 0) {
    say(`No centre has the code ${unknown.slice(0, 10).join(', ')}${unknown.length > 10 ? ' …' : ''}.`);
    say('Say which centre it is: --as OFFICE=CENTRE, once for each. Nothing was written.');
    return null;
  }
  const arrivals: ArrivalCount[] = Array.from(counts.values(), ({ office, ...count }) => ({
    ...count,
    centreId: centreOf.get(office) as CentreId,
  }));
  await keepArrivals(database, arrivals);
  const days = new Set(arrivals.map(({ day }) => day)).size;
  const visitors = arrivals.reduce((sum, count) => sum + count.visitors, 0);
  const centres = new Set(arrivals.map(({ centreId }) => centreId)).size;
  return `${visitors} visitors of ${days} days in ${centres} centres.`;
}

async function offices(database: Db, names: readonly string[]): Promise<Map<string, CentreId>> {
  const entries = (await openDirectory(database).all()).map(({ centre }) => centre);
  const known = new Map<string, CentreId>();
  for (const { code, centre_id: centreId } of entries) known.set(code, centreId).set(String(centreId), centreId);
  for (const name of names) {
    const [office = '', centre = ''] = name.split('=');
    const centreId = known.get(centre);
    if (office === '' || centreId === undefined)
      throw new UnknownCentre(`--as ${name}: there is no centre “${centre}”`);
    known.set(office, centreId);
  }
  return known;
}
