import type { CaseContext } from '../applications/index.ts';
import { mustBePaid, onApplicationBegun, onApplicationMoved, shownCharges } from './on-application-moved.ts';
import { chargeRoutes } from './routes.ts';
import { simulatedTerminal } from './terminal.ts';

/** Opens charges: what is paid before a move, and what follows from one. */
export function openCharges(context: CaseContext): void {
  context.followers.push({
    mustAllow: mustBePaid,
    onBegun: onApplicationBegun,
    onMoved: onApplicationMoved,
    shown: async (tx, _context, applicationId) => ({ charges: await shownCharges(tx, applicationId) }),
  });
  chargeRoutes(context, context.isReal ? null : simulatedTerminal);
}
