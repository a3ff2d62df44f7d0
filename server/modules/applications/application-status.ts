import { timingSafeEqual } from 'node:crypto';
import type { applicationContract } from '../../../contract/applications.ts';
import type { Reply } from '../../../contract/contract.ts';
import { readCode } from '../../../core/applications/code.ts';
import { STATE_WORDS } from '../../../core/applications/life.ts';
import { toDo } from '../../../core/applications/to-do.ts';
import { refuse } from '../../../core/problems.ts';
import { datesToday } from './dates.ts';
import { groundsFor } from './grounds.ts';
import type { CaseContext } from './context.ts';
import { nextTo } from './followers.ts';
import { variantOf } from './variant.ts';
import { codeOf } from './sealed-part.ts';
import * as queries from './queries.ts';

type Status = Reply<(typeof applicationContract)['POST /api/application-status']>;

/** The application of a receipt. Throws `unknown-application` for a wrong number or code alike. */
export async function applicationWithCode(
  context: CaseContext,
  number: string,
  code: string,
): Promise<queries.Application> {
  const application = await context.db.read((tx) => queries.applicationByNumber(tx, number.trim()));
  return application === null || !isCode(codeOf(context.vault, application.applicationId), code)
    ? refuse('unknown-application', {})
    : application;
}

/** The status of an application, for the holder of its receipt. Throws `unknown-application`. */
export async function statusOf(context: CaseContext, number: string, code: string): Promise<Status> {
  const application = await applicationWithCode(context, number, code);
  const { applicationId, state, refused, registeredOn, resultCentreId, storedUntil } = application;
  const { passport, variant, dates, events, charges } = await context.db.read(async (tx) => ({
    ...(await variantOf(tx, context, application)),
    dates: await datesToday(tx, context, application),
    events: await queries.eventsOf(tx, applicationId),
    charges: (await nextTo(tx, context, applicationId)).charges,
  }));
  const { lastDay, promised } = dates;
  const last = events.at(-1);
  const ground =
    last === undefined ? undefined : groundsFor(variant, last.move as never).find((one) => one.code === last.ground);
  const changes = events.filter((event, index) => event.state !== events[index - 1]?.state && event.state !== 'draft');
  return {
    number,
    service: passport.short,
    state,
    words: STATE_WORDS[state],
    refused,
    registeredOn,
    lastDay,
    promised,
    resultCentreId,
    storedUntil,
    ground: ground?.text ?? null,
    toDo: toDo(state, { fix: ground?.fix ?? ground?.text ?? null, storedUntil }),
    awaiting: charges.filter((charge) => charge.state === 'awaiting'),
    history: changes.map(({ at, state: then }) => ({ at, state: then, words: STATE_WORDS[then] })),
  };
}

function isCode(right: string, given: string): boolean {
  const tidy = readCode(given);
  return tidy.length === right.length && timingSafeEqual(Buffer.from(tidy), Buffer.from(right));
}
