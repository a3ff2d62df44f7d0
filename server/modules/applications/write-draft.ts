import type { ApplicantContact, GivenEvidence } from '../../../contract/application-shapes.ts';
import { type Asker, responsibleOf } from '../../../core/access/asker.ts';
import { type Answers, type FormField, tidyAnswers } from '../../../core/applications/form.ts';
import { isDraft, isWritable, movesFrom } from '../../../core/applications/life.ts';
import { refuse } from '../../../core/problems.ts';
import { brokeConstraint, type Write } from '../../platform/handles.ts';
import { takeAddress } from '../notices/index.ts';
import type { CaseContext } from './context.ts';
import { type Given, givenEvidence } from './evidence/given-evidence.ts';
import { replaceEvidence } from './evidence/queries.ts';
import * as queries from './queries.ts';
import { mayAtCentre } from './rights.ts';
import { openPart, type SealedPart, sealPart } from './sealed-part.ts';
import { variantOf } from './variant.ts';

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
  context: CaseContext,
  asker: Asker,
  applicationId: string,
  words: DraftWords,
): Promise<queries.Application> {
  return context.db
    .write(async (tx) => {
      const before = (await queries.holdApplication(tx, applicationId)) ?? refuse('unknown-application', {});
      if (!(await mayAtCentre(context, asker, 'take-applications', before.centreId)))
        return refuse('unknown-application', {});
      if (!isWritable(before.state))
        return refuse('move-not-allowed', { state: before.state, allowed: movesFrom(before.state) });
      if (before.edition !== words.edition) return refuse('edition-changed', {});
      const old = openPart(context.vault, before);
      const form = ((await variantOf(tx, context, before)).variant.form ?? []) as readonly FormField[];
      if (new Set(words.evidence.map(({ kind }) => kind)).size < words.evidence.length) refuse('row-twice', {});
      const given = await givenEvidence(tx, context, before, words.evidence);
      const part = {
        ...old,
        answers: tidyAnswers(form, words.answers),
        contact: words.contact === undefined ? old.contact : tidyContact(words.contact),
        reasons: given.reasons,
        ...(isDraft(before.state) ? {} : earlierOf(context, old)),
      };
      await replaceEvidence(tx, applicationId, given.rows);
      const written = await queries.updateApplication(
        tx,
        applicationId,
        {
          sealed: sealPart(context.vault, applicationId, part),
          ...(isDraft(before.state) ? { responsible: responsibleOf(asker) } : {}),
          ...(words.resultCentreId === undefined || !isDraft(before.state)
            ? {}
            : { resultCentreId: words.resultCentreId }),
        },
        context.now(),
      );
      if (!isDraft(before.state)) await noteCorrection(tx, context, asker, written, { old, part, given });
      for (const follower of context.followers) await follower.onWritten?.(tx, context, written);
      return written;
    })
    .catch((error: unknown) => {
      if (brokeConstraint(error, 'application_result_centre_id_fkey'))
        return refuse('unknown-centre', { centreId: words.resultCentreId as number });
      throw error;
    });
}

/** Answers from before a correction stay with the application. */
function earlierOf(context: CaseContext, { answers, earlier = [] }: SealedPart): Pick<SealedPart, 'earlier'> {
  return { earlier: [...earlier, { at: context.now(), answers }].slice(-EARLIER_MAX) };
}

/** The number of earlier answers that are kept. */
const EARLIER_MAX = 50;

/** Writes into the history which fields and documents were corrected; what they say stays sealed. */
async function noteCorrection(
  tx: Write,
  context: CaseContext,
  asker: Asker,
  { applicationId, state }: queries.Application,
  { old, part, given }: { readonly old: SealedPart; readonly part: SealedPart; readonly given: Given },
): Promise<void> {
  const names = new Set([...Object.keys(old.answers), ...Object.keys(part.answers)]);
  const fields = [...names].filter((name) => old.answers[name] !== part.answers[name]).toSorted();
  await queries.insertEvent(tx, applicationId, {
    at: context.now(),
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
  context: CaseContext,
  before: queries.Application,
  answers: Answers,
): Promise<void> {
  const sealed = sealPart(context.vault, before.applicationId, { ...openPart(context.vault, before), answers });
  await queries.updateApplication(tx, before.applicationId, { sealed }, context.now());
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
