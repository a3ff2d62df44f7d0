import { timingSafeEqual } from 'node:crypto';
import type { CoSignature } from '../../../../contract/signatures.ts';
import type { Asker } from '../../../../core/access/asker.ts';
import { NUMBER_CHECKS } from '../../../../core/persons/numbers.ts';
import { codeInGroups, readCode } from '../../../../core/applications/code.ts';
import { askedFields, type FormField, shownAnswer } from '../../../../core/applications/form.ts';
import { isWritable, movesFrom } from '../../../../core/applications/life.ts';
import { INVITATION_DAYS, SIGNING_TRIES } from '../../../../core/applications/signers.ts';
import { refuse } from '../../../../core/problems.ts';
import { HOUR, MINUTE } from '../../../../core/time/instant.ts';
import { type Actor, audit } from '../../../platform/audit.ts';
import { brokeConstraint, type Write, type Read } from '../../../platform/handles.ts';
import { announce, noteCodeSent, takeAddress, withdraw } from '../../notices/index.ts';
import { centreFacts } from '../../network/index.ts';
import { identitiesOf } from '../../persons/index.ts';
import type { CaseContext } from '../context.ts';
import { mustHaveMet } from '../opening.ts';
import { mayAtCentre } from '../rights.ts';
import { variantOf } from '../variant.ts';
import { newCode, openPart } from '../sealed-part.ts';
import { type Application, applicationById, holdApplication, insertEvent } from '../queries.ts';
import { digestOf, signersOf } from './asked-signatures.ts';
import { forgetTries, noteSigned, putSignature, type SignatureRow, signaturesOf, tryInvitation } from './queries.ts';

/** One address gets a code in a minute; a signature sends three in that time, whatever addresses are tried. */
const CODE_PACE = { pauseMs: MINUTE, most: 3 };

interface Wanted {
  readonly signer: string;
  readonly personId: string;
}

/** A co-signer signs the draft at the window. Throws `signer-not-asked`, `signer-twice`, `unknown-person`, `move-not-allowed`. */
export function signAtWindow(
  context: CaseContext,
  asker: Asker,
  applicationId: string,
  wanted: Wanted,
): Promise<Application> {
  return withDraft(context, asker, applicationId, wanted, async (tx, application) => {
    const digest = digestOf(context, application);
    const before = (await signaturesOf(tx, applicationId)).find(({ signer }) => signer === wanted.signer);
    if (before?.personId === wanted.personId && before.signed?.equals(digest) === true) return;
    const signed = { way: 'window', signed: digest, signedAt: context.now(), codeHash: null, goodUntil: null } as const;
    await putSignature(tx, { applicationId, ...wanted, ...signed });
    await noteEvent(tx, context, application, asker, { signer: wanted.signer, way: 'window' });
  });
}

/**
 * Sends a co-signer a code with which they sign at home; an earlier code becomes void. Throws what signing at the window does,
 * `contact-malformed`, and `code-too-often` for the same address again at once.
 */
export function inviteToSign(
  context: CaseContext,
  asker: Asker,
  applicationId: string,
  { contact, language, ...wanted }: Wanted & { readonly contact: string; readonly language: 'ru' | 'en' },
): Promise<Application> {
  const to = takeAddress(contact);
  return withDraft(context, asker, applicationId, wanted, async (tx, { centreId }) => {
    const code = newCode();
    const now = context.now();
    const goodUntil = now + INVITATION_DAYS * 24 * HOUR;
    const invited = { way: 'home', signed: null, signedAt: null, goodUntil } as const;
    const codeHash = context.vault.mark('co-signature', code);
    await putSignature(tx, { applicationId, ...wanted, ...invited, codeHash });
    const about = `signature ${applicationId} ${wanted.signer}`;
    const mark = context.vault.mark('code-address', (to.email ?? to.phone).toLowerCase());
    const paced = await noteCodeSent(tx, { about, mark, now }, CODE_PACE);
    if (paced !== null) return refuse(paced, {});
    // A code that waits for the morning, and is worth nothing by then.
    await withdraw(tx, about, ['co-signature']);
    const { zone } = await centreFacts(context, centreId);
    const params = { zone, ...(context.siteUrl === null ? {} : { site: context.siteUrl }) };
    const secret = codeInGroups(code);
    await announce(tx, { kind: 'co-signature', to, language, params, about, secret, goodUntil }, now);
  });
}

async function withDraft(
  context: CaseContext,
  asker: Asker,
  applicationId: string,
  { signer, personId }: Wanted,
  work: (tx: Write, application: Application) => Promise<void>,
): Promise<Application> {
  await mustHaveMet(context, asker, [personId], null);
  return context.db
    .write(async (tx) => {
      const application = (await holdApplication(tx, applicationId)) ?? refuse('unknown-application', {});
      if (!(await mayAtCentre(context, asker, 'take-applications', application.centreId)))
        return refuse('unknown-application', {});
      if (!isWritable(application.state))
        return refuse('move-not-allowed', { state: application.state, allowed: movesFrom(application.state) });
      const asked = await signersOf(tx, context, application);
      if (!asked.some(({ code }) => code === signer)) return refuse('signer-not-asked', {});
      if (personId === application.personId || personId === application.representativeId)
        return refuse('signer-twice', {});
      await work(tx, application);
      return application;
    })
    .catch((error: unknown) => {
      if (brokeConstraint(error, 'application_signature_person_id_fkey')) return refuse('unknown-person', {});
      if (brokeConstraint(error, 'application_signature_application_id_person_id_key'))
        return refuse('signer-twice', {});
      throw error;
    });
}

/** With these a co-signer proves their identity. */
interface Proof {
  readonly code: string;
  readonly birth: string;
}

/**
 * The application that a co-signer is asked to sign at home; the reading is logged. Throws `unknown-co-signature` for a wrong code and a wrong date of
 * birth alike.
 */
export async function lookAtInvitation(context: CaseContext, asker: Asker, proof: Proof): Promise<CoSignature> {
  const row = await provenInvitation(context, proof);
  const application =
    (await context.db.read((tx) => applicationById(tx, row.applicationId))) ?? refuse('unknown-co-signature', {});
  const { applicationId, signer } = row;
  await context.db.write((tx) =>
    audit(tx, asker, {
      action: 'co-signer-read',
      object: `application ${applicationId}`,
      details: { signer },
    }),
  );
  return context.db.read((tx) => coSignature(tx, context, row, application));
}

/** Signs at home what was shown. Throws `unknown-co-signature`, and `signature-outdated` when it has changed since. */
export async function signAtHome(
  context: CaseContext,
  asker: Asker,
  proof: Proof & { readonly digest: string },
): Promise<void> {
  const row = await provenInvitation(context, proof);
  await context.db.write(async (tx) => {
    const application = (await holdApplication(tx, row.applicationId)) ?? refuse('unknown-co-signature', {});
    const digest = digestOf(context, application);
    if (!timingSafeEqual(digest, Buffer.from(proof.digest, 'hex'))) return refuse('signature-outdated', {});
    if (row.signed?.equals(digest) === true) return;
    if (!isWritable(application.state)) return refuse('unknown-co-signature', {});
    await noteSigned(tx, row, digest, context.now());
    await noteEvent(tx, context, application, asker, { signer: row.signer, way: 'home' });
  });
}

/** A person who knows only the code has five guesses at the date of birth. */
async function provenInvitation(context: CaseContext, { code, birth }: Proof): Promise<SignatureRow> {
  const hash = context.vault.mark('co-signature', readCode(code));
  const row = await context.db.write((tx) => tryInvitation(tx, hash, context.now(), SIGNING_TRIES));
  if (row === null || (await birthOf(context, row.personId)) !== birth) return refuse('unknown-co-signature', {});
  await context.db.write((tx) => forgetTries(tx, row));
  return row;
}

/** A person's date of birth; null for an unknown person. */
async function birthOf(context: CaseContext, personId: string): Promise<string | null> {
  const identities = await context.db.read((tx) => identitiesOf(tx, context, [personId]));
  return identities.get(personId)?.birth ?? null;
}

async function coSignature(
  tx: Read,
  context: CaseContext,
  row: SignatureRow,
  application: Application,
): Promise<CoSignature> {
  const { passport, variant } = await variantOf(tx, context, application);
  const { answers } = openPart(context.vault, application);
  const digest = digestOf(context, application);
  const fields = askedFields((variant.form ?? []) as readonly FormField[], answers);
  const shown = (field: FormField, language: 'ru' | 'en') => {
    const value = shownAnswer(field, answers[field.name] ?? '', language);
    return field.kind in NUMBER_CHECKS ? lastDigits(value) : value;
  };
  return {
    service: passport.official,
    variant: variant.name,
    signer: variant.signers?.find(({ code }) => code === row.signer)?.name ?? variant.name,
    answers: fields.map((field) => ({
      label: field.label,
      value: { ru: shown(field, 'ru'), en: shown(field, 'en') },
    })),
    digest: digest.toString('hex'),
    goodUntil: row.goodUntil as number,
    signed: row.signed?.equals(digest) === true,
  };
}

/** Numbers of documents are known by their end; the rest is nobody else’s business. */
function lastDigits(number: string): string {
  return number === '' ? '' : `••• ${number.slice(-3)}`;
}

function noteEvent(
  tx: Write,
  context: CaseContext,
  { applicationId, state }: Application,
  { kind, id }: Actor,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  const event = { at: context.now(), actorKind: kind, actorId: id, move: 'sign', state, ground: null, details };
  return insertEvent(tx, applicationId, { ...event, commandId: null });
}
