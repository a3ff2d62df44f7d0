import { randomUUID } from 'node:crypto';
import type { ApplicantContact, GivenEvidence } from '../../../contract/application-shapes.ts';
import type { Purpose } from '../../../contract/persons.ts';
import type { Asker } from '../../../core/access/asker.ts';
import { type Answers, filledFrom, type FormField, tidyAnswers } from '../../../core/applications/form.ts';
import { isDraft, isWritable, movesFrom } from '../../../core/applications/life.ts';
import { representativeFault } from '../../../core/persons/representative.ts';
import { refuse } from '../../../core/problems.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import { audit } from '../../platform/audit.ts';
import { onceFor } from '../../platform/commands.ts';
import { brokeConstraint, type Read, type Write } from '../../platform/handles.ts';
import { takeAddress } from '../notices/index.ts';
import { useHomeDraft } from './at-home/home.ts';
import { type Given, givenEvidence } from './given-evidence.ts';
import { mustBeInForce } from './in-force.ts';
import { type CaseRoom, mustBeGivenAt, variantOf, type Variant } from './room.ts';
import { openPart, type SealedPart, sealPart } from './sealed.ts';
import * as queries from './queries.ts';

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

/** The clerk who is responsible for what they take. */
export function responsibleOf({ specialistId, id, kind }: Asker): string {
  return specialistId ?? id ?? kind;
}

/**
 * Begins an application: a draft, filled in with what is known. The same command gives the same one. Throws `unknown-service`,
 * `unknown-variant`, `unknown-person`, `unknown-visit`, `purpose-needed`, `application-open`, `unknown-home-draft`, `identity-expired`,
 * `mandate-expired`, `own-representative`, `representative-under-age`, `command-conflict`.
 */
export async function begin(room: CaseRoom, asker: Asker, wanted: Begin): Promise<queries.Application> {
  if (!(await room.may(asker, 'take-applications', wanted))) return refuse('right-elsewhere', {});
  await mustKnowWhom(room, asker, wanted);
  const { commandId, ...body } = wanted;
  const command = { commandId, action: 'begin application', body };
  return room.db
    .write(async (tx) => {
      const made = await onceFor(tx, room, command, async () => {
        // Begun before commands were kept by themselves.
        const earlier = await queries.applicationByCommand(tx, commandId);
        const application =
          earlier === null ? await beginIn(tx, room, asker, wanted, null) : sameOrRefused(earlier, wanted);
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
  room: CaseRoom,
  asker: Asker,
  wanted: Pick<Begin, 'centreId' | 'personId' | 'representative' | 'visit' | 'correctionOf'>,
): Promise<void> {
  const { centreId, personId, representative, visit, correctionOf } = wanted;
  if (visit !== undefined) await room.mustBeVisit(centreId, visit);
  const atWindow = visit === undefined ? null : { kind: 'visit' as const, centreId, ...visit };
  const purpose = correctionOf === undefined ? atWindow : { kind: 'task' as const, applicationId: correctionOf };
  const named = representative === undefined ? [] : [representative.personId];
  await room.mustHaveMet(asker, [personId, ...named], purpose as Purpose | null);
}

function sameOrRefused(
  made: queries.Application,
  { commandId, serviceId, variant, personId }: Begin,
): queries.Application {
  const isSame = made.serviceId === serviceId && made.variant === variant && made.personId === personId;
  return isSame ? made : refuse('command-conflict', { commandId });
}

/**
 * What was shown once for the package is not asked for again in its other steps: documents that a step asks for, does not have,
 * and is not `brought` by the result of another: that one is not there yet. True when there was one.
 */
export async function takeSharedEvidence(
  tx: Write,
  applicationId: string,
  { evidence }: Variant,
  { packageId, brought }: { readonly packageId: string; readonly brought: ReadonlySet<string> },
): Promise<boolean> {
  const own = await queries.evidenceOf(tx, applicationId);
  const has = new Set(own.map(({ kind }) => kind));
  const needs = new Map(evidence.map((need) => [need.kind, need]));
  const shared = (await queries.evidenceOfPackage(tx, packageId)).flatMap((row) => {
    const need = needs.get(row.kind);
    // How many copies are made is said by each service for itself.
    return need === undefined || has.has(row.kind) || brought.has(row.kind) ? [] : [{ ...row, copies: need.copies }];
  });
  if (shared.length > 0) await queries.replaceEvidence(tx, applicationId, [...own, ...shared]);
  return shared.length > 0;
}

/** The same, as a part of a transaction. */
export async function beginIn(
  tx: Write,
  room: CaseRoom,
  asker: Asker,
  wanted: Begin,
  step: StepOf | null,
): Promise<queries.Application> {
  const { serviceId, variant: code, personId, centreId } = wanted;
  const day = await room.today(centreId);
  const { version, passport } = (await room.inForce(tx, serviceId, day)) ?? refuse('unknown-service', { serviceId });
  const variant = passport.variants.find((one) => one.code === code) ?? refuse('unknown-variant', { variant: code });
  await mustBeGivenAt(room, centreId, passport);
  const known = await room.facts(tx, personId);
  const { personId: representativeId = null, mandate = null } = wanted.representative ?? {};
  if (representativeId !== null) {
    const fault = representativeFault(known, await room.facts(tx, representativeId), day);
    if (fault !== null) return refuse(fault, {});
  }
  await mustBeInForce(tx, room, { personId, centreId, passport, representativeId, mandate });
  if (step === null) await queries.lockPerson(tx, personId);
  if (step === null && wanted.anotherBecause === undefined) await mustBeTheOnlyOne(tx, wanted, day);
  if (wanted.correctionOf !== undefined) await mustBeOwn(tx, wanted, wanted.correctionOf);
  const applicationId = randomUUID();
  const answers = filledFrom(
    variant.form ?? [],
    { ...without(known, step?.awaits ?? new Set()), ...step?.facts },
    await useHomeDraft(tx, room, wanted),
  );
  const part = { answers, contact: null, mandate, note: null };
  const at = room.now();
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
    sealed: sealPart(room.vault, applicationId, part),
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
  await room.begun(tx, application, variant, day);
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

/** What a specialist writes into a draft. */
export interface DraftWords {
  readonly edition: number;
  readonly answers: Answers;
  readonly evidence: readonly GivenEvidence[];
  readonly contact?: ApplicantContact;
  readonly resultCentreId?: number;
}

/**
 * Writes a draft. Throws `edition-changed` when another person has written since, `move-not-allowed` for what is no draft any more,
 * `unknown-file`, `file-not-clean`, `contact-malformed`, `contact-extension`.
 */
export function writeDraft(
  room: CaseRoom,
  asker: Asker,
  applicationId: string,
  words: DraftWords,
): Promise<queries.Application> {
  return room.db
    .write(async (tx) => {
      const before = (await queries.holdApplication(tx, applicationId)) ?? refuse('unknown-application', {});
      if (!(await room.may(asker, 'take-applications', before))) return refuse('unknown-application', {});
      if (!isWritable(before.state))
        return refuse('move-not-allowed', { state: before.state, allowed: movesFrom(before.state) });
      if (before.edition !== words.edition) return refuse('edition-changed', {});
      const old = openPart(room.vault, before);
      const form = ((await variantOf(tx, room, before)).variant.form ?? []) as readonly FormField[];
      if (new Set(words.evidence.map(({ kind }) => kind)).size < words.evidence.length) refuse('row-twice', {});
      const given = await givenEvidence(tx, room, before, words.evidence);
      const part = {
        ...old,
        answers: tidyAnswers(form, words.answers),
        contact: words.contact === undefined ? old.contact : tidyContact(words.contact),
        reasons: given.reasons,
        ...(isDraft(before.state) ? {} : earlierOf(room, old)),
      };
      await queries.replaceEvidence(tx, applicationId, given.rows);
      const written = await queries.updateApplication(
        tx,
        applicationId,
        {
          sealed: sealPart(room.vault, applicationId, part),
          ...(isDraft(before.state) ? { responsible: responsibleOf(asker) } : {}),
          ...(words.resultCentreId === undefined || !isDraft(before.state)
            ? {}
            : { resultCentreId: words.resultCentreId }),
        },
        room.now(),
      );
      if (!isDraft(before.state)) await noteCorrection(tx, room, asker, written, { old, part, given });
      await room.draftWritten(tx, room, written);
      return written;
    })
    .catch((error: unknown) => {
      if (brokeConstraint(error, 'application_result_centre_id_fkey'))
        return refuse('unknown-centre', { centreId: words.resultCentreId as number });
      throw error;
    });
}

/** Answers from before a correction stay with the application. */
function earlierOf(room: CaseRoom, { answers, earlier = [] }: SealedPart): Pick<SealedPart, 'earlier'> {
  return { earlier: [...earlier, { at: room.now(), answers }].slice(-EARLIER_MAX) };
}

/** The number of earlier answers that are kept. */
const EARLIER_MAX = 50;

/** Writes into the history which fields and documents were corrected; what they say stays sealed. */
async function noteCorrection(
  tx: Write,
  room: CaseRoom,
  asker: Asker,
  { applicationId, state }: queries.Application,
  { old, part, given }: { readonly old: SealedPart; readonly part: SealedPart; readonly given: Given },
): Promise<void> {
  const names = new Set([...Object.keys(old.answers), ...Object.keys(part.answers)]);
  const fields = [...names].filter((name) => old.answers[name] !== part.answers[name]).toSorted();
  await queries.insertEvent(tx, applicationId, {
    at: room.now(),
    actorKind: asker.kind,
    actorId: asker.id,
    move: 'correct',
    state,
    ground: null,
    details: { fields, documents: given.touched },
    commandId: null,
  });
}

/** Fills in a draft that is held with what has become known. */
export async function fillDraft(
  tx: Write,
  room: CaseRoom,
  before: queries.Application,
  answers: Answers,
): Promise<void> {
  const sealed = sealPart(room.vault, before.applicationId, { ...openPart(room.vault, before), answers });
  await queries.updateApplication(tx, before.applicationId, { sealed }, room.now());
}

/** Puts a document into an application that has none of its kind. */
export async function addEvidence(
  tx: Write,
  applicationId: string,
  { kind, seen }: Pick<queries.EvidenceRow, 'kind' | 'seen'>,
): Promise<void> {
  const rows = await queries.evidenceOf(tx, applicationId);
  if (rows.some((row) => row.kind === kind)) return;
  await queries.replaceEvidence(tx, applicationId, [...rows, { kind, seen, scanId: null, copies: 0, sheets: 1 }]);
}

/** How the applicant is told, in the form in which messages go there. Throws `contact-malformed` or `contact-extension`. */
function tidyContact({ language, ...ways }: ApplicantContact): ApplicantContact {
  const { email = '', phone = '' } = ways;
  const [mail, call] = [email, phone].map((text) => (text.trim() === '' ? null : takeAddress(text)));
  return {
    language,
    ...(typeof mail?.email === 'string' ? { email: mail.email } : {}),
    ...(typeof call?.phone === 'string' ? { phone: call.phone } : {}),
  };
}

/** Logs a look into an application. */
export function logLook(room: CaseRoom, asker: Asker, applicationId: string): Promise<void> {
  return room.db.write((tx) =>
    audit(tx, asker, { action: 'application-read', object: `application ${applicationId}` }),
  );
}
