import { randomUUID } from 'node:crypto';
import type { Purpose } from '../../../contract/persons.ts';
import { type Asker, responsibleOf } from '../../../core/access/asker.ts';
import { type Answers, filledFrom } from '../../../core/applications/form.ts';
import { representativeFault } from '../../../core/persons/representative.ts';
import { refuse } from '../../../core/problems.ts';
import type { VisitId } from '../../../core/queue/ids.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import { onceFor } from '../../platform/commands.ts';
import { brokeConstraint, type Read, type Write } from '../../platform/handles.ts';
import { versionInForce } from '../catalogue/index.ts';
import { centreDay } from '../network/index.ts';
import { factsOfPerson } from '../persons/index.ts';
import { linkVisit } from '../queue/index.ts';
import { useHomeDraft } from './at-home/home-drafts.ts';
import type { CaseContext } from './context.ts';
import { mustBeInForce } from './evidence/documents-in-force.ts';
import { takeSharedEvidence } from './evidence/shared-evidence.ts';
import { mustHaveMet } from './opening.ts';
import * as queries from './queries.ts';
import { mayAtCentre } from './rights.ts';
import { sealPart } from './sealed-part.ts';
import { mustBeGivenAt } from './variant.ts';

/** An application as it is begun at a window. */
export interface Begin {
  readonly commandId: string;
  readonly centreId: number;
  readonly serviceId: string;
  readonly variant: string;
  readonly personId: string;
  readonly representative?: {
    readonly personId: string;
    readonly mandate: { readonly kind: string; readonly number: string; readonly until?: string };
  };
  readonly visit?: { readonly day: CivilDate; readonly visitId: string };
  /** Why there has to be another one although one is open. */
  readonly anotherBecause?: string;
  /** The code of what was begun at home. */
  readonly homeCode?: string;
  readonly correctionOf?: string;
}

/** A step of a package that is begun. */
export interface StepOf {
  readonly packageId: string;
  readonly stepId: string;
  readonly state: 'draft' | 'blocked';
  readonly facts: Answers;
  /** Facts that only the results of other steps bring: what is known of the person now does not count for them. */
  readonly awaits: ReadonlySet<string>;
  /** The kinds of documents that results of other steps bring it. */
  readonly brought: ReadonlySet<string>;
}

/**
 * Begins an application: a draft, filled in with what is known. The same command gives the same one. Throws `unknown-service`,
 * `unknown-variant`, `unknown-person`, `unknown-visit`, `purpose-needed`, `application-open`, `unknown-home-draft`, `identity-expired`,
 * `mandate-expired`, `own-representative`, `representative-under-age`, `command-conflict`.
 */
export async function beginApplication(
  context: CaseContext,
  asker: Asker,
  wanted: Begin,
): Promise<queries.Application> {
  if (!(await mayAtCentre(context, asker, 'take-applications', wanted.centreId))) return refuse('right-elsewhere', {});
  await mustKnowWhom(context, asker, wanted);
  const { commandId, ...body } = wanted;
  const command = { commandId, action: 'begin application', body };
  return context.db
    .write(async (tx) => {
      const made = await onceFor(tx, context, command, async () => {
        // Begun before commands were kept by themselves.
        const earlier = await queries.applicationByCommand(tx, commandId);
        const application =
          earlier === null ? await beginIn(tx, context, asker, wanted, null) : sameOrRefused(earlier, wanted);
        await linkToVisit(tx, context, wanted, application);
        return application.applicationId;
      });
      return (await queries.applicationById(tx, made)) as queries.Application;
    })
    .catch((error: unknown) => {
      if (brokeConstraint(error, 'application_representative_id_fkey')) return refuse('unknown-person', {});
      throw error;
    });
}

/**
 * An asker who works on an application may open the persons whom it names. So they begin it for a person whom they have just met, for the
 * visit at their window, or to put right an application of the same person that they see.
 */
export async function mustKnowWhom(
  context: CaseContext,
  asker: Asker,
  wanted: Pick<Begin, 'centreId' | 'personId' | 'representative' | 'visit' | 'correctionOf'>,
): Promise<void> {
  const { centreId, personId, representative, visit, correctionOf } = wanted;
  if (visit !== undefined) await mustBeVisit(context, centreId, visit);
  const atWindow = visit === undefined ? null : { kind: 'visit' as const, centreId, ...visit };
  const purpose = correctionOf === undefined ? atWindow : { kind: 'task' as const, applicationId: correctionOf };
  const named = representative === undefined ? [] : [representative.personId];
  await mustHaveMet(context, asker, [personId, ...named], purpose as Purpose | null);
}

type Visit = NonNullable<Begin['visit']>;

async function visitPlace({ directory }: CaseContext, centreId: number, { day, visitId }: Visit) {
  return { key: { centreId: await directory.hallOf(centreId), day }, visitId: visitId as VisitId };
}

/** Throws `unknown-visit` for a visit that is not in the hall of a centre on its day. */
async function mustBeVisit(context: CaseContext, centreId: number, visit: Visit): Promise<void> {
  const { key, visitId } = await visitPlace(context, centreId, visit);
  const isThere = await context.halls.dayBook.view(key, ({ visits }) => visits.has(visitId));
  if (!isThere) refuse('unknown-visit', { visitId });
}

/** Ties an application to the visit at which it was begun. */
async function linkToVisit(
  tx: Write,
  context: CaseContext,
  { centreId, visit }: Begin,
  { applicationId: target }: queries.Application,
): Promise<void> {
  if (visit !== undefined)
    await linkVisit(tx, await visitPlace(context, centreId, visit), { kind: 'application', target });
}

function sameOrRefused(
  made: queries.Application,
  { commandId, serviceId, variant, personId }: Begin,
): queries.Application {
  const isSame = made.serviceId === serviceId && made.variant === variant && made.personId === personId;
  return isSame ? made : refuse('command-conflict', { commandId });
}

/** The same, as a part of a transaction. */
export async function beginIn(
  tx: Write,
  context: CaseContext,
  asker: Asker,
  wanted: Begin,
  step: StepOf | null,
): Promise<queries.Application> {
  const { serviceId, variant: code, personId, centreId } = wanted;
  const day = await centreDay(context, centreId);
  const { version, passport } = (await versionInForce(tx, serviceId, day)) ?? refuse('unknown-service', { serviceId });
  const variant = passport.variants.find((one) => one.code === code) ?? refuse('unknown-variant', { variant: code });
  await mustBeGivenAt(context, centreId, passport);
  const known = await factsOfPerson(tx, context, personId);
  const { personId: representativeId = null, mandate = null } = wanted.representative ?? {};
  if (representativeId !== null) {
    const fault = representativeFault(known, await factsOfPerson(tx, context, representativeId), day);
    if (fault !== null) return refuse(fault, {});
  }
  await mustBeInForce(tx, context, { personId, centreId, passport, representativeId, mandate });
  if (step === null) await queries.lockPerson(tx, personId);
  if (step === null && wanted.anotherBecause === undefined) await mustBeTheOnlyOne(tx, wanted, day);
  if (wanted.correctionOf !== undefined) await mustBeOwn(tx, wanted, wanted.correctionOf);
  const applicationId = randomUUID();
  const answers = filledFrom(
    variant.form ?? [],
    { ...without(known, step?.awaits ?? new Set()), ...step?.facts },
    await useHomeDraft(tx, context, wanted),
  );
  const part = { answers, contact: null, mandate, note: null };
  const at = context.now();
  const application: queries.Application = {
    ...NOTHING_YET,
    applicationId,
    centreId,
    serviceId,
    version,
    variant: code,
    packageId: step?.packageId ?? null,
    stepId: step?.stepId ?? null,
    state: step?.state ?? 'draft',
    personId,
    representativeId,
    responsible: responsibleOf(asker),
    visitDay: wanted.visit?.day ?? null,
    visitId: wanted.visit?.visitId ?? null,
    sealed: sealPart(context.vault, applicationId, part),
    commandId: wanted.commandId,
    madeAt: at,
    changedAt: at,
  };
  await queries.insertApplication(tx, application);
  if (step !== null) await takeSharedEvidence(tx, applicationId, variant, step);
  const { anotherBecause, correctionOf = null } = wanted;
  const details = { ...(anotherBecause === undefined ? {} : { anotherBecause }), correctionOf };
  await queries.insertEvent(tx, applicationId, {
    at,
    actorKind: asker.kind,
    actorId: asker.id,
    move: 'begin',
    state: application.state,
    ground: null,
    details,
    commandId: null,
  });
  for (const follower of context.followers) await follower.onBegun?.(tx, context, { application, variant, day });
  return application;
}

function without(facts: Answers, left: ReadonlySet<string>): Answers {
  return Object.fromEntries(Object.entries(facts).filter(([fact]) => !left.has(fact)));
}

/** Throws `not-a-correction` for what is no registered application of the same person and service. */
async function mustBeOwn(tx: Read, { personId, serviceId }: Begin, correctionOf: string): Promise<void> {
  const wrong = await queries.applicationById(tx, correctionOf);
  const isOwn = wrong?.personId === personId && wrong.serviceId === serviceId && wrong.registeredOn !== null;
  if (!isOwn) refuse('not-a-correction', {});
}

/** Throws `application-open` when the person has the same under way. */
async function mustBeTheOnlyOne(tx: Read, wanted: Begin, day: CivilDate): Promise<void> {
  const open = await queries.openLike(tx, wanted);
  if (open === null) return;
  const { applicationId, number, registeredOn } = open;
  refuse('application-open', { applicationId, number, since: registeredOn ?? day });
}

const NOTHING_YET = {
  number: null,
  agencyId: null,
  refused: false,
  edition: 1,
  registeredOn: null,
  receivedOn: null,
  term: null,
  extension: 0,
  lastDay: null,
  promised: null,
  dispatchBy: null,
  agencyBy: null,
  centreLateDays: 0,
  termFault: null,
  endedOn: null,
  resultCentreId: null,
  readyOn: null,
  storedUntil: null,
} as const;
