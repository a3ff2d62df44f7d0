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
import { type CaseRoom, variantOf } from '../room.ts';
import { newCode, openPart } from '../sealed.ts';
import { type Application, applicationById, holdApplication, insertEvent } from '../queries.ts';
import { digestOf, signersOf } from './signatures.ts';
import { forgetTries, noteSigned, putSignature, type SignatureRow, signaturesOf, tryInvitation } from './queries.ts';

/** The services that signing needs in addition to those of cases. */
export interface SignatureRoom extends CaseRoom {
  /** A person's date of birth; null for an unknown id. */
  birthOf(personId: string): Promise<string | null>;
  readonly site: string | null;
}

/** One address gets a code in a minute; a signature sends three in that time, whatever addresses are tried. */
const CODE_PACE = { pauseMs: MINUTE, most: 3 };

interface Wanted {
  readonly signer: string;
  readonly personId: string;
}

/** A co-signer signs the draft at the window. Throws `signer-not-asked`, `signer-twice`, `unknown-person`, `move-not-allowed`. */
export function signAtWindow(
  room: SignatureRoom,
  asker: Asker,
  applicationId: string,
  wanted: Wanted,
): Promise<Application> {
  return withDraft(room, asker, applicationId, wanted, async (tx, application) => {
    const digest = digestOf(room, application);
    const before = (await signaturesOf(tx, applicationId)).find(({ signer }) => signer === wanted.signer);
    if (before?.personId === wanted.personId && before.signed?.equals(digest) === true) return;
    const signed = { way: 'window', signed: digest, signedAt: room.now(), codeHash: null, goodUntil: null } as const;
    await putSignature(tx, { applicationId, ...wanted, ...signed });
    await noteEvent(tx, room, application, asker, { signer: wanted.signer, way: 'window' });
  });
}

/**
 * Sends a co-signer a code with which they sign at home; an earlier code becomes void. Throws what signing at the window does,
 * `contact-malformed`, and `code-too-often` for the same address again at once.
 */
export function inviteToSign(
  room: SignatureRoom,
  asker: Asker,
  applicationId: string,
  { contact, language, ...wanted }: Wanted & { readonly contact: string; readonly language: 'ru' | 'en' },
): Promise<Application> {
  const to = takeAddress(contact);
  return withDraft(room, asker, applicationId, wanted, async (tx, { centreId }) => {
    const code = newCode();
    const now = room.now();
    const goodUntil = now + INVITATION_DAYS * 24 * HOUR;
    const invited = { way: 'home', signed: null, signedAt: null, goodUntil } as const;
    const codeHash = room.vault.mark('co-signature', code);
    await putSignature(tx, { applicationId, ...wanted, ...invited, codeHash });
    const about = `signature ${applicationId} ${wanted.signer}`;
    const mark = room.vault.mark('code-address', (to.email ?? to.phone).toLowerCase());
    const paced = await noteCodeSent(tx, { about, mark, now }, CODE_PACE);
    if (paced !== null) return refuse(paced, {});
    // A code that waits for the morning, and is worth nothing by then.
    await withdraw(tx, about, ['co-signature']);
    const zone = await room.zone(centreId);
    const params = { zone, ...(room.site === null ? {} : { site: room.site }) };
    const secret = codeInGroups(code);
    await announce(tx, { kind: 'co-signature', to, language, params, about, secret, goodUntil }, now);
  });
}

async function withDraft(
  room: SignatureRoom,
  asker: Asker,
  applicationId: string,
  { signer, personId }: Wanted,
  work: (tx: Write, application: Application) => Promise<void>,
): Promise<Application> {
  await room.mustHaveMet(asker, [personId], null);
  return room.db
    .write(async (tx) => {
      const application = (await holdApplication(tx, applicationId)) ?? refuse('unknown-application', {});
      if (!(await room.may(asker, 'take-applications', application))) return refuse('unknown-application', {});
      if (!isWritable(application.state))
        return refuse('move-not-allowed', { state: application.state, allowed: movesFrom(application.state) });
      const asked = await signersOf(tx, room, application);
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
export async function lookAtInvitation(room: SignatureRoom, asker: Asker, proof: Proof): Promise<CoSignature> {
  const row = await provenInvitation(room, proof);
  const application =
    (await room.db.read((tx) => applicationById(tx, row.applicationId))) ?? refuse('unknown-co-signature', {});
  const { applicationId, signer } = row;
  await room.db.write((tx) =>
    audit(tx, asker, {
      action: 'co-signer-read',
      object: `application ${applicationId}`,
      details: { signer },
    }),
  );
  return room.db.read((tx) => coSignature(tx, room, row, application));
}

/** Signs at home what was shown. Throws `unknown-co-signature`, and `signature-outdated` when it has changed since. */
export async function signAtHome(
  room: SignatureRoom,
  asker: Asker,
  proof: Proof & { readonly digest: string },
): Promise<void> {
  const row = await provenInvitation(room, proof);
  await room.db.write(async (tx) => {
    const application = (await holdApplication(tx, row.applicationId)) ?? refuse('unknown-co-signature', {});
    const digest = digestOf(room, application);
    if (!timingSafeEqual(digest, Buffer.from(proof.digest, 'hex'))) return refuse('signature-outdated', {});
    if (row.signed?.equals(digest) === true) return;
    if (!isWritable(application.state)) return refuse('unknown-co-signature', {});
    await noteSigned(tx, row, digest, room.now());
    await noteEvent(tx, room, application, asker, { signer: row.signer, way: 'home' });
  });
}

/** A person who knows only the code has five guesses at the date of birth. */
async function provenInvitation(room: SignatureRoom, { code, birth }: Proof): Promise<SignatureRow> {
  const hash = room.vault.mark('co-signature', readCode(code));
  const row = await room.db.write((tx) => tryInvitation(tx, hash, room.now(), SIGNING_TRIES));
  if (row === null || (await room.birthOf(row.personId)) !== birth) return refuse('unknown-co-signature', {});
  await room.db.write((tx) => forgetTries(tx, row));
  return row;
}

async function coSignature(
  tx: Read,
  room: SignatureRoom,
  row: SignatureRow,
  application: Application,
): Promise<CoSignature> {
  const { passport, variant } = await variantOf(tx, room, application);
  const { answers } = openPart(room.vault, application);
  const digest = digestOf(room, application);
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
  room: CaseRoom,
  { applicationId, state }: Application,
  { kind, id }: Actor,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  const event = { at: room.now(), actorKind: kind, actorId: id, move: 'sign', state, ground: null, details };
  return insertEvent(tx, applicationId, { ...event, commandId: null });
}
