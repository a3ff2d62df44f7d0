import type { CivilDate } from '../../../core/time/civil.ts';
import { eachApart } from '../../platform/isolated.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { type Application, applicationById, openTask } from '../applications/index.ts';
import type { AgencyRoom } from './room.ts';
import { overdueQueries } from './store.ts';

/** Has a person see to each query that an agency has not answered in its time; once for each. */
export async function settleQueries(room: AgencyRoom, today: CivilDate): Promise<void> {
  await eachApart(await overdueQueries(room.pool, today), 'a late query', (query) =>
    inTransaction(room.pool, async (client) => {
      const { messageId, applicationId, agencyId, evidence, dueOn } = query;
      const application = (await applicationById(client, applicationId, 'hold')) as Application;
      const details = { messageId, evidence, agencyId, dueOn };
      await openTask(client, { kind: 'query-overdue', application, details }, room.now());
    }),
  );
}
