import type { CaseContext } from '../applications/index.ts';
import { onApplicationMoved, stepsAwaited } from './on-application-moved.ts';
import { packageRoutes } from './routes.ts';
import { onDraftWritten } from './share-facts.ts';
import { fieldsOutdated } from './take-results.ts';

/** Opens packages: their steps share what was answered, and wait for each other's results. */
export function openPackages(context: CaseContext): void {
  context.followers.push({
    onWritten: onDraftWritten,
    onMoved: onApplicationMoved,
    stepsAwaited,
    fieldsOutdated,
  });
  packageRoutes(context);
}
