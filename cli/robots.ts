import { playRobots } from '../demo/robots/robots.ts';
import { readOptions, UsageError, wholeNumber } from './options.ts';

/** `okno robots`: visitors and specialists of a demo city, until the command is stopped. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = readOptions(args, { url: { type: 'string' }, seed: { type: 'string' } }, 0);
  if (values.url === undefined) throw new UsageError('--url is missing');
  await playRobots(values.url, wholeNumber('seed', values.seed, { min: 0, max: 2 ** 31, otherwise: 1 }));
  return 0;
}
