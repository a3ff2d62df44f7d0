import { removeOldCases } from '../server/modules/privacy/index.ts';
import { withDatabase } from '../server/main.ts';
import { readConfiguration } from './configuration.ts';
import { readOptions } from './options.ts';
import { placeOf } from './places.ts';
import { fileStoreOf } from './safe.ts';
import { clockKind } from './serve.ts';

/** `okno retention`: removes what is kept longer than the configuration says; with --dry-run only counts it. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = readOptions(
    args,
    {
      data: { type: 'string' },
      config: { type: 'string' },
      clock: { type: 'string', default: 'real' },
      'dry-run': { type: 'boolean', default: false },
    },
    0,
  );
  const kind = clockKind(values.clock);
  const place = placeOf(kind, values.data, values.config);
  const config = kind === 'real' ? values.config : '/dev/null';
  const { configuration } = readConfiguration(config, {});
  const { keep_scans_days: scans, keep_applications_days: applications } = configuration;
  const fileStore = fileStoreOf(place, configuration);
  const dryRun = values['dry-run'];
  return withDatabase(place, async (database) => {
    const found = await removeOldCases(database, { fileStore, scans, applications, dryRun });
    console.log(
      [
        dryRun ? 'Would be removed (nothing was):' : 'Removed:',
        `- ${found.scans} scans of what has been over for ${scans} days (keep_scans_days);`,
        `- the names, answers and contacts in ${found.applications} applications over for ${applications} days (keep_applications_days);`,
        `- ${found.persons} people of whom nothing else is left.`,
        'Numbers, dates, decisions and charges stay: what the city reports is counted from them.',
      ].join('\n'),
    );
    return 0;
  });
}
