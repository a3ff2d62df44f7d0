import { migrationState } from '../server/platform/index.ts';
import { version, withDatabase } from '../server/main.ts';
import { readOptions } from './options.ts';
import { placeOf } from './places.ts';

/** Says what a start of this version would change in the database, or, without --check, does it. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = readOptions(
    args,
    { check: { type: 'boolean', default: false }, data: { type: 'string' }, config: { type: 'string' } },
    0,
  );
  const place = placeOf('real', values.data, values.config);
  const { pending, unknown } = await withDatabase(place, (db) => db.read((tx) => migrationState(tx)), 'as-it-is');
  if (unknown.length > 0) {
    console.error(`The database is newer than Okno ${version()}: it has ${unknown.join(', ')}. Start a newer Okno.`);
    return 1;
  }
  if (pending.length === 0) {
    console.log(`The database is what Okno ${version()} needs. Nothing to do.`);
    return 0;
  }
  if (!values.check) await withDatabase(place, async () => undefined);
  for (const name of pending) console.log(`${values.check ? 'to do' : 'done'}: ${name}`);
  if (values.check) console.log('Take a backup first (okno backup), then say “okno upgrade” or start the new version.');
  return 0;
}
