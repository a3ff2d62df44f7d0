import { parseCivilDate } from '../core/time/civil.ts';
import { verifyAudit } from '../server/platform/index.ts';
import { withDatabase } from '../server/main.ts';
import { daysOf, verifyDay } from '../server/modules/queue/index.ts';
import type { DatabasePlace } from '../server/platform/database.ts';
import { readOptions, UsageError, wholeNumber } from './options.ts';
import { placeOf } from './places.ts';
import { clockKind } from './serve.ts';

/** Computes days again; ends with 1 when anything does not agree. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = readOptions(
    args,
    {
      centre: { type: 'string' },
      day: { type: 'string' },
      root: { type: 'string' },
      data: { type: 'string' },
      config: { type: 'string' },
      clock: { type: 'string', default: 'real' },
      json: { type: 'boolean', default: false },
      audit: { type: 'boolean', default: false },
    },
    0,
  );
  if (values.audit) return verifyLog(placeOf(clockKind(values.clock), values.data, values.config), values.json);
  const centreId = values.centre === undefined ? null : centreOption(values.centre);
  const day = values.day === undefined ? null : dayOption(values.day);
  const published = values.root === undefined ? null : rootOption(values.root);
  if (published !== null && (centreId === null || day === null)) {
    throw new UsageError('--root is the root of one day: name it with --centre and --day');
  }
  return withDatabase(placeOf(clockKind(values.clock), values.data, values.config), async (db) => {
    const days = await db.read((tx) => daysOf(tx, centreId, day));
    if (days.length === 0) {
      if (centreId !== null || day !== null) throw new Error('There is no such day.');
      if (!values.json) console.log('There are no days yet: nothing to compute.');
      return 0;
    }
    let faulty = 0;
    for (const key of days) {
      const { events, root, closed, faults } = await db.read((tx) => verifyDay(tx, key, published));
      if (faults.length > 0) faulty += 1;
      if (values.json) {
        console.log(JSON.stringify({ ...key, events, root: root.toString('hex'), closed, faults }));
        continue;
      }
      const state = faults.length > 0 ? 'FAULTY' : closed ? 'sealed' : 'running';
      console.log(`${key.day} centre ${key.centreId}: ${events} events, ${state}, root ${root.toString('hex')}`);
      for (const fault of faults) console.log(`  ${fault}`);
    }
    if (!values.json) console.log(`${days.length} days, ${faulty} faulty`);
    return faulty === 0 ? 0 : 1;
  });
}

/** Computes the sealed days of the log of actions again. */
async function verifyLog(place: DatabasePlace, json: boolean): Promise<number> {
  const days = await withDatabase(place, (db) => verifyAudit(db));
  for (const { day, entries, root, fault } of days) {
    const hex = root.toString('hex');
    console.log(
      json
        ? JSON.stringify({ day, entries, root: hex, fault })
        : `${day}: ${entries} entries, root ${hex}${fault === null ? '' : ` FAULTY: ${fault}`}`,
    );
  }
  const faulty = days.filter(({ fault }) => fault !== null).length;
  if (!json) console.log(`${days.length} days of the log, ${faulty} faulty`);
  return faulty === 0 ? 0 : 1;
}

export function centreOption(text: string): number {
  return wholeNumber('centre', text, { min: 1, max: 2_147_483_647, otherwise: 0 });
}

export function dayOption(text: string): string {
  const day = parseCivilDate(text);
  if (day === null) throw new UsageError(`--day must be a date such as 2026-02-19, not “${text}”`);
  return day;
}

function rootOption(text: string): Buffer {
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new UsageError('--root must be 64 hexadecimal digits');
  return Buffer.from(text, 'hex');
}
