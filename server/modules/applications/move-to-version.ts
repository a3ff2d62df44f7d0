import type { Asker } from '../../../core/access/asker.ts';
import { isOver, movesFrom } from '../../../core/applications/life.ts';
import { type Difference, differences } from '../../../core/catalogue/difference.ts';
import { refuse } from '../../../core/problems.ts';
import type { Read } from '../../platform/handles.ts';
import { centreDay } from '../network/index.ts';
import { datesOf } from './dates.ts';
import { withdrawOverdue } from './due/overdue.ts';
import type { CaseContext } from './context.ts';
import * as queries from './queries.ts';

/**
 * What would change for an application under another version of its passport: only what its own variant says. Throws
 * `unknown-application`, `unknown-service`, `unknown-variant`.
 */
export async function newVersionChanges(
  tx: Read,
  context: Pick<CaseContext, 'passport'>,
  applicationId: string,
  wanted: number,
): Promise<Difference[]> {
  const application = (await queries.applicationById(tx, applicationId)) ?? refuse('unknown-application', {});
  return changesUnder(tx, context, application, wanted);
}

async function changesUnder(
  tx: Read,
  context: Pick<CaseContext, 'passport'>,
  { serviceId, version, variant }: queries.Application,
  wanted: number,
): Promise<Difference[]> {
  const before = await context.passport(tx, serviceId, version);
  const after = await context.passport(tx, serviceId, wanted);
  const of = (passport: typeof before) => passport.variants.find(({ code }) => code === variant);
  return differences(of(before), of(after) ?? refuse('unknown-variant', { variant }));
}

/**
 * Moves an open application to another published version of its passport: its term and its lists are of that version from then on, what
 * was charged stays. Throws `unknown-application`, `unknown-service`, `unknown-variant`, `move-not-allowed`.
 */
export function moveToVersion(
  context: CaseContext,
  asker: Asker,
  applicationId: string,
  wanted: number,
): Promise<queries.Application> {
  return context.db.write(async (tx) => {
    const before = (await queries.holdApplication(tx, applicationId)) ?? refuse('unknown-application', {});
    if (isOver(before.state) || before.endedOn !== null)
      return refuse('move-not-allowed', { state: before.state, allowed: movesFrom(before.state) });
    const changes = await changesUnder(tx, context, before, wanted);
    const passport = await context.passport(tx, before.serviceId, wanted);
    const term = passport.variants.find(({ code }) => code === before.variant)?.term ?? null;
    const { calendar } = await context.calendar.inForce(tx);
    const day = await centreDay(context, before.centreId);
    const stops = await queries.stopsOf(tx, applicationId);
    const next = { version: wanted, term: before.term === null ? null : term };
    const dates = before.registeredOn === null ? {} : datesOf(calendar, { ...before, ...next }, stops, day);
    const after = await queries.updateApplication(tx, applicationId, { ...next, ...dates }, context.now());
    await withdrawOverdue(tx, after, day, context.now());
    await queries.insertEvent(tx, applicationId, {
      at: context.now(),
      actorKind: asker.kind,
      actorId: asker.id,
      move: 'new-version',
      state: before.state,
      ground: null,
      details: { from: before.version, to: wanted, changed: changes.map(({ path }) => path) },
      commandId: null,
    });
    return after;
  });
}
