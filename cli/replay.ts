import { parseCivilDate } from '../core/time/civil.ts';
import { figureLines } from '../demo/replay/figures.ts';
import { replay, type ReplaySetting } from '../demo/replay/replay.ts';
import { readOptions, UsageError, wholeNumber } from './options.ts';
import { type ProgressBar, progressBar } from './progress.ts';

/** `okno replay`: a recorded day through a server of its own. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(
    args,
    {
      date: { type: 'string' },
      mode: { type: 'string', default: 'as-recorded' },
      windows: { type: 'string' },
      'service-min': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
    1,
  );
  const [file] = positionals;
  if (file === undefined) throw new UsageError('name the file of recorded tickets');
  if (values.date === undefined) throw new UsageError('--date is missing, such as --date 2020-01-13');
  const date = parseCivilDate(values.date);
  if (date === null) throw new UsageError(`--date must be a date such as 2020-01-13, not “${values.date}”`);
  const windows = windowsOption(values.mode, values.windows, values['service-min']);
  let bar: ProgressBar | null = null;
  const progress = (done: number, total: number) => (bar ??= progressBar(total)).show(done);
  const figures = await replay({ file, date, windows, progress }).finally(() => bar?.done());
  console.log(values.json ? JSON.stringify(figures) : `${date}, ${values.mode}\n${figureLines(figures)}`);
  return figures.errors === 0 ? 0 : 1;
}

function windowsOption(
  mode: string,
  windows: string | undefined,
  serviceMinutes: string | undefined,
): ReplaySetting['windows'] {
  if (mode === 'as-recorded') return null;
  if (mode !== 'windows') throw new UsageError(`--mode must be as-recorded or windows, not “${mode}”`);
  const each = wholeNumber('windows', windows, { min: 1, max: 500, otherwise: 10 });
  const minutes = Number(serviceMinutes ?? 8);
  if (!(minutes > 0 && minutes <= 240))
    throw new UsageError(`--service-min must be above 0 and at most 240, not “${serviceMinutes}”`);
  return { each, serviceMinutes: minutes };
}
