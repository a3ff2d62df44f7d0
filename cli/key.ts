import { SEEDED_ROLES } from '../core/access/roles.ts';
import { withDatabase } from '../server/main.ts';
import { openDirectory } from '../server/modules/network/index.ts';
import { createKey, revokeKey } from '../server/modules/people/index.ts';
import { readOptions, UsageError } from './options.ts';
import { placeOf } from './places.ts';
import { clockKind } from './serve.ts';
import { centreOption } from './verify.ts';

/** Makes a key and prints it once, or revokes one. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(
    args,
    {
      role: { type: 'string' },
      centre: { type: 'string' },
      data: { type: 'string' },
      config: { type: 'string' },
      clock: { type: 'string', default: 'real' },
      revoke: { type: 'boolean', default: false },
    },
    1,
  );
  const [name] = positionals;
  if (name === undefined) throw new UsageError('a key has a name, such as “kiosk-84-1”');
  const place = placeOf(clockKind(values.clock), values.data, values.config);
  if (values.revoke) {
    const revoked = await withDatabase(place, (db) => revokeKey(db, name));
    if (!revoked) throw new Error(`There is no key “${name}”.`);
    console.log(`The key “${name}” is good for nothing any more.`);
    return 0;
  }
  const { role = '' } = values;
  const known = SEEDED_ROLES.map(({ roleId }) => roleId);
  if (!known.includes(role)) throw new UsageError(`--role must be one of ${known.join(', ')}`);
  const centreId = values.centre === undefined ? null : centreOption(values.centre);
  console.log(
    await withDatabase(place, async (database) => {
      const there = (await openDirectory(database).all()).map(({ centre }) => centre.centre_id);
      if (centreId !== null && !there.includes(centreId))
        throw new UsageError(`there is no centre ${centreId}; ${centresThere(there)}`);
      return createKey(database, { name, role, centreId });
    }),
  );
  return 0;
}

function centresThere(known: readonly number[]): string {
  if (known.length === 0) return 'there are none yet: okno import network FILE';
  return `there are ${known.slice(0, 10).join(', ')}${known.length > 10 ? ` and ${known.length - 10} more` : ''}`;
}
