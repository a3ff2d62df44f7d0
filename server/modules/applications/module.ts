import { cityDay } from '../../platform/city.ts';
import { HOUR_MS } from '../../platform/jobs.ts';
import { openOutbox } from '../../platform/outbox.ts';
import { passportVersion } from '../catalogue/index.ts';
import type { FileContext } from '../files/index.ts';
import { shownPushKey } from '../notices/index.ts';
import { homeDraftRoutes } from './at-home/routes.ts';
import { browserRoutes } from './browsers/routes.ts';
import type { CaseContext } from './context.ts';
import { actWhenDue } from './due/act-when-due.ts';
import { applicationFigureRoutes } from './figures/routes.ts';
import { notifyApplicants } from './notify-applicant.ts';
import { recountTerms } from './recount/recount-terms.ts';
import { removeTooOld } from './retention/remove-old.ts';
import { applicationRoutes } from './routes.ts';
import { signatureRoutes } from './signatures/routes.ts';

const DAY_MS = 86_400_000;

/** For how many days what is over is kept. */
interface Keep {
  readonly scansDays: number;
  readonly applicationsDays: number;
}

/** Opens the one window: everything between a request and its result. */
export async function openApplications(context: FileContext, keep: Keep): Promise<CaseContext> {
  const { db, now, log, calendarChanged, onClose, addJob } = context;
  const opened: CaseContext = { ...context, passport: passportVersion(), followers: [] };
  applicationRoutes(opened);
  homeDraftRoutes(opened);
  browserRoutes(opened, await shownPushKey(opened));
  signatureRoutes(opened);
  applicationFigureRoutes(opened);
  const failed = (error: unknown) => log.error('terms could not be recalculated', error);
  const recount = openOutbox(() => recountTerms(opened), failed);
  calendarChanged.add(() => void recount.sendDue().catch(failed));
  onClose(() => recount.stop());
  addJob({
    name: 'applications that have waited',
    everyMs: HOUR_MS / 4,
    run: async () => actWhenDue(opened, await db.read((tx) => cityDay(tx, now()))),
  });
  addJob({
    name: 'applications kept long enough',
    everyMs: 6 * HOUR_MS,
    notAtStart: true,
    run: () => {
      const since = (days: number) => now() - days * DAY_MS;
      return removeTooOld(db, {
        scansSince: since(keep.scansDays),
        applicationsSince: since(keep.applicationsDays),
      });
    },
  });
  return opened;
}

/** Messages to applicants: they follow the moves last, so that they tell of everything. */
export function openApplicantNotices({ followers }: CaseContext): void {
  followers.push(notifyApplicants);
}
