/** Applications: their life from the window to the result, their terms, and what a person has to see to. */
export { fieldsAtFault } from './faulty-fields.ts';
export { settleApplications } from './settle.ts';
export { shownNotices, tellApplicants, tellDependants } from './tell.ts';
export { addEvidence, beginIn, fillDraft, mustKnowWhom, takeSharedEvidence } from './drafts.ts';
export { maySee } from './file.ts';
export { makeMove } from './moves.ts';
export { countTooOld, removeTooOld } from './retention/retention.ts';
export { recountTerms } from './recount/recount.ts';
export { insertRecount, newestRecount } from './recount/queries.ts';
export { groundsFor, workingDayAfter } from './grounds.ts';
export { type CaseRoom, type Consequence, type Moved, type TellDependants, type Variant, variantOf } from './room.ts';
export { applicationFigureRoutes } from './figures/routes.ts';
export type { FigureKind } from './figures/queries.ts';
export { browserRoutes } from './browsers/routes.ts';
export { homeDraftRoutes } from './at-home/routes.ts';
export { signatureRoutes } from './signatures/routes.ts';
export { type ApplicationRoom, applicationRoutes } from './routes.ts';
export { emptyApplicationsOf, openApplicationsOf, personsApplications } from './persons/person-file.ts';
export { noteOf, openPart } from './sealed.ts';
export {
  type Application,
  applicationById,
  applicationsById,
  evidenceOf,
  holdApplication,
  lockPerson,
} from './queries.ts';
export { isOverdue } from './due/overdue.ts';
export { datesToday } from './dates-today.ts';
export { openTask, settleTasks } from './tasks/queries.ts';
export { personsOfApplication } from './persons/queries.ts';
export { applicationsWithFile } from './files/queries.ts';
export { correctedSince } from './given-evidence.ts';
