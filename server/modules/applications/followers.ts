import type { MoveName } from '../../../core/applications/life.ts';
import type { Read } from '../../platform/handles.ts';
import type { CaseContext, NextTo, Words } from './context.ts';
import type { Application } from './queries.ts';

/** The moves of an application that something holds up now. */
export async function movesHeldUp(
  tx: Read,
  context: CaseContext,
  application: Application,
): Promise<ReadonlySet<MoveName>> {
  const all = new Set<MoveName>();
  for (const follower of context.followers)
    for (const move of (await follower.movesHeldUp?.(tx, context, application)) ?? []) all.add(move);
  return all;
}

/** The steps, in words, whose results an application waits for. */
export async function stepsAwaited(tx: Read, context: CaseContext, application: Application): Promise<Words[]> {
  const all: Words[] = [];
  for (const follower of context.followers)
    all.push(...((await follower.stepsAwaited?.(tx, context, application)) ?? []));
  return all;
}

/** The fields of an application whose answers are out of date. */
export async function fieldsOutdated(tx: Read, context: CaseContext, application: Application): Promise<string[]> {
  const all: string[] = [];
  for (const follower of context.followers)
    all.push(...((await follower.fieldsOutdated?.(tx, context, application)) ?? []));
  return all;
}

/** The data next to an application. */
export async function nextTo(tx: Read, context: CaseContext, applicationId: string): Promise<NextTo> {
  const all = { papers: [], charges: [], notices: [], queries: [] };
  for (const follower of context.followers) Object.assign(all, await follower.shown?.(tx, context, applicationId));
  return all;
}
