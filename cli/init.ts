import { isTimeZone, type TimeZone } from '../core/time/civil.ts';
import { city, markInstallation, setCity } from '../server/platform/index.ts';
import { withDatabase } from '../server/main.ts';
import { inviteAdministrator, seedRoles } from '../server/modules/people/index.ts';
import { inLatin } from '../core/language/in-latin.ts';
import { readOptions, UsageError } from './options.ts';
import { placeOf } from './places.ts';

const LOGIN = /^[a-z0-9][a-z0-9._-]{1,59}$/;

/** Sets up a real installation: whose network it is, and its first administrator. Said again, it gives a new code. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = readOptions(
    args,
    {
      city: { type: 'string' },
      'city-en': { type: 'string' },
      'time-zone': { type: 'string' },
      administrator: { type: 'string' },
      name: { type: 'string' },
      data: { type: 'string' },
      config: { type: 'string' },
    },
    0,
  );
  const login = values.administrator ?? '';
  if (!LOGIN.test(login))
    throw new UsageError(
      'name the login of the first administrator with --administrator: small Latin letters, digits, . _ -',
    );
  const timeZone = values['time-zone'];
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw new UsageError(`--time-zone must be such as Europe/Moscow, not “${timeZone}”`);
  return withDatabase(placeOf('real', values.data, values.config), async (db) => {
    await markInstallation(db, 'real');
    const known = await db.read((tx) => city(tx));
    const ru = values.city ?? known?.name.ru;
    const zone = (timeZone as TimeZone | undefined) ?? known?.timeZone;
    if (ru === undefined || zone === undefined)
      throw new UsageError('say whose network it is: --city Москва --time-zone Europe/Moscow');
    const en = values['city-en'] ?? (values.city === undefined ? known?.name.en : undefined) ?? inLatin(ru);
    await db.write((tx) => setCity(tx, { name: { ru, en }, timeZone: zone }));
    await seedRoles(db);
    const { code, administrators } = await inviteAdministrator(db, login, values.name ?? login);
    console.log(`The installation of ${ru} (${en}), ${zone}, is ready.

  Administrator  ${login}
  One-time code  ${code}   (seven days, five tries; shown only now)

Start the server with “okno serve”, open /sign-in, choose “I have an invitation code”, and set a password and an authenticator.`);
    if (administrators === 1)
      console.log(
        'One more administrator is wise: say “okno init” again with another login, or appoint one with two people.',
      );
    return 0;
  });
}
