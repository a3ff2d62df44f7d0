import type { CaseContext } from '../applications/index.ts';
import { onApplicationMoved, shownPapers } from './on-application-moved.ts';
import { movesHeldUp, papersMustBeHere } from './papers-in-the-way.ts';
import { paperRoutes } from './routes.ts';

/** Opens papers: which moves wait for them, and what becomes of them with a move. */
export function openPapers(context: CaseContext): void {
  context.followers.push({
    mustAllow: papersMustBeHere,
    movesHeldUp,
    onMoved: onApplicationMoved,
    shown: async (tx, _context, applicationId) => ({ papers: await shownPapers(tx, applicationId) }),
  });
  paperRoutes(context);
}
