import { HOUR_MS } from '../../platform/jobs.ts';
import type { HallContext } from '../queue/index.ts';
import { printingRoutes } from './routes.ts';
import { sweepJobs } from './queries.ts';

/** Print jobs of the agents in centres. */
export function openPrinting(context: HallContext): void {
  const { db, addJob } = context;
  printingRoutes(context);
  addJob({ name: 'print jobs of days past', everyMs: HOUR_MS, run: () => db.write((tx) => sweepJobs(tx)) });
}
