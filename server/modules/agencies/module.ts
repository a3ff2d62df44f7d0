import { cityDay } from '../../platform/city.ts';
import { eachApart } from '../../platform/isolated.ts';
import { HOUR_MS } from '../../platform/jobs.ts';
import type { CaseContext } from '../applications/index.ts';
import { onApplicationMoved } from './on-application-moved.ts';
import { queriesOf } from './queries.ts';
import { reportLateQueries, reportLateTerms } from './report-overdue.ts';
import { agencyRoutes } from './routes.ts';
import { openMessenger } from './send-messages.ts';

/** Opens the messages to agencies, with all that they say. */
export function openAgencies(context: CaseContext): void {
  const { db, now, log, followers, onClose, addJob } = context;
  const messenger = openMessenger(context);
  onClose(() => messenger.stop());
  const sendDue = () =>
    void messenger.sendDue().catch((error: unknown) => log.error('agencies could not be told', error));
  followers.push({
    onMoved: onApplicationMoved,
    onKept: sendDue,
    shown: async (tx, _context, applicationId) => ({ queries: await queriesOf(tx, applicationId) }),
  });
  agencyRoutes(context, sendDue);
  addJob({
    name: 'agencies that are late',
    everyMs: HOUR_MS / 4,
    run: async () => {
      const today = await db.read((tx) => cityDay(tx, now()));
      const all = [reportLateQueries, reportLateTerms];
      await eachApart(all, 'agencies that are late', (report) => report(context, today));
    },
  });
}
