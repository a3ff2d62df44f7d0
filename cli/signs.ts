import { withDatabase } from '../server/main.ts';
import { daysOf, signsOf } from '../server/modules/queue/index.ts';
import { readOptions, UsageError } from './options.ts';
import { placeOf } from './places.ts';
import { clockKind } from './serve.ts';
import { centreOption, dayOption } from './verify.ts';

/** Lists the specialists whose work should be reviewed. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = readOptions(
    args,
    {
      centre: { type: 'string' },
      day: { type: 'string' },
      data: { type: 'string' },
      config: { type: 'string' },
      clock: { type: 'string', default: 'real' },
      json: { type: 'boolean', default: false },
    },
    0,
  );
  if (values.centre === undefined) throw new UsageError('--centre is needed');
  const centreId = centreOption(values.centre);
  const day = values.day === undefined ? null : dayOption(values.day);
  return withDatabase(placeOf(clockKind(values.clock), values.data, values.config), async (db) => {
    const days = await db.read((tx) => daysOf(tx, centreId, day));
    if (days.length === 0 && day !== null) throw new Error('There is no such day.');
    const listed = await db.read((tx) => signsOf(tx, days));
    if (values.json) {
      console.log(JSON.stringify(listed));
      return 0;
    }
    for (const { specialistId, sign, seen, expected } of listed) {
      console.log(`${specialistId}: ${sign} ${seen} times; as the others, it would be ${expected.toFixed(1)}`);
    }
    console.log(`${days.length} days, ${listed.length} signs to look at`);
    return 0;
  });
}
