import { withDatabase } from '../server/main.ts';
import { exportDay } from '../server/modules/queue/index.ts';
import { readOptions, UsageError } from './options.ts';
import { placeOf } from './places.ts';
import { clockKind } from './serve.ts';
import { centreOption, dayOption } from './verify.ts';

/** Prints what somebody else needs to check a day. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(
    args,
    {
      centre: { type: 'string' },
      day: { type: 'string' },
      data: { type: 'string' },
      clock: { type: 'string', default: 'real' },
    },
    1,
  );
  const [what] = positionals;
  if (what !== 'events')
    throw new UsageError(`there is nothing called “${what ?? ''}” to export; try: okno export events`);
  if (values.centre === undefined || values.day === undefined) throw new UsageError('--centre and --day are needed');
  const key = { centreId: centreOption(values.centre), day: dayOption(values.day) };
  const lines = await withDatabase(placeOf(clockKind(values.clock), values.data), ({ pool }) => exportDay(pool, key));
  if (lines.length === 0) throw new Error('There is no such day.');
  for (const line of lines) console.log(line);
  return 0;
}
