import { readRosterProblem, type RosterProblem } from '../core/planning/roster.ts';
import { inThread } from '../server/modules/planning/index.ts';
import { readJson, UsageError } from './options.ts';

/** Solves the problem in a file: `{need: [...], cyclic?: true, shifts: [{slots: [...], cost}]}`. Throws UsageError with field by field. */
export async function rosterOfFile(file: string | undefined): Promise<object> {
  if (file === undefined) throw new UsageError('name a file: okno calc roster FILE');
  const problem = await readProblem(file);
  const [roster] = await inThread('rosters', [problem]);
  if (roster === undefined) throw new Error('the solver gave nothing');
  return roster;
}

async function readProblem(file: string): Promise<RosterProblem> {
  const problem = readRosterProblem(await readJson(file));
  if ('faults' in problem) throw new UsageError(`${file}:\n  ${problem.faults.slice(0, 20).join('\n  ')}`);
  return problem;
}
