import { readFile } from 'node:fs/promises';
import { readRosterProblem, type RosterProblem } from '../core/planning/roster.ts';
import { inThread } from '../server/modules/planning/index.ts';
import { UsageError } from './options.ts';

/** Solves the problem in a file: `{need: [...], cyclic?: true, shifts: [{slots: [...], cost}]}`. Throws UsageError with field by field. */
export async function rosterOfFile(file: string | undefined): Promise<object> {
  if (file === undefined) throw new UsageError('name a file: okno calc roster FILE');
  const problem = await readProblem(file);
  const [roster] = await inThread('rosters', [problem]);
  if (roster === undefined) throw new Error('the solver gave nothing');
  return roster;
}

async function readProblem(file: string): Promise<RosterProblem> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageError(`${file} cannot be read: ${error.message}`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  const problem = readRosterProblem(value);
  if ('faults' in problem) throw new UsageError(`${file}:\n  ${problem.faults.slice(0, 20).join('\n  ')}`);
  return problem;
}
