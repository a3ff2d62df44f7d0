import { randomUUID } from 'node:crypto';
import { readCode } from '../../../../core/applications/code.ts';
import {
  type Answers,
  fieldsAtFault,
  type FormField,
  formFaults,
  homeFields,
  tidyAnswers,
} from '../../../../core/applications/form.ts';
import { refuse } from '../../../../core/problems.ts';
import { HOUR, type Instant } from '../../../../core/time/instant.ts';
import { cityDay } from '../../../platform/city.ts';
import type { Write } from '../../../platform/handles.ts';
import { placeOf } from '../../../platform/vault.ts';
import { versionInForce } from '../../catalogue/index.ts';
import type { CaseContext } from '../context.ts';
import { newCode } from '../sealed-part.ts';
import { type HomeDraftRow, homeDraft, insertHomeDraft, takeHomeDraft } from './queries.ts';

/** So long what was begun at home is kept. */
const KEPT_DAYS = 30;

interface Begun {
  readonly serviceId: string;
  readonly variant: string;
  readonly answers: Answers;
}

/** Keeps what was answered at home; gives the code for the window. Throws `unknown-service`, `unknown-variant`, `form-faulty`, `nothing-answered`. */
export async function keepHomeDraft(
  context: CaseContext,
  { serviceId, variant: code, answers }: Begun,
): Promise<{ code: string; goodUntil: Instant }> {
  const { today, inForce } = await context.db.read(async (tx) => {
    const day = await cityDay(tx, context.now());
    return { today: day, inForce: await versionInForce(tx, serviceId, day) };
  });
  const { version, passport } = inForce ?? refuse('unknown-service', { serviceId });
  const variant = passport.variants.find((one) => one.code === code) ?? refuse('unknown-variant', { variant: code });
  const fields = homeFields((variant.form ?? []) as readonly FormField[], answers);
  const faults = formFaults(fields, answers, today);
  if (faults.length > 0) refuse('form-faulty', { fields: fieldsAtFault(fields, faults) });
  const kept = tidyAnswers(fields, Object.fromEntries(fields.map(({ name }) => [name, answers[name] ?? ''])));
  if (Object.keys(kept).length === 0) refuse('nothing-answered', {});
  const [draftId, secret] = [randomUUID(), newCode()];
  const goodUntil = context.now() + KEPT_DAYS * 24 * HOUR;
  const sealed = context.vault.seal(JSON.stringify(kept), placeOf('home_draft', draftId));
  const row = { draftId, codeHash: hashOf(context, secret), serviceId, version, variant: code, sealed, goodUntil };
  await context.db.write((tx) => insertHomeDraft(tx, row, context.now()));
  return { code: secret, goodUntil };
}

/** What was begun under a code. Throws `unknown-home-draft`. */
export async function openHomeDraft(context: CaseContext, code: string): Promise<HomeDraftRow> {
  return (
    (await context.db.read((tx) => homeDraft(tx, hashOf(context, code), context.now()))) ??
    refuse('unknown-home-draft', {})
  );
}

/**
 * The answers of what was begun at home, for the application that goes on with it; none without a code. Throws `unknown-home-draft`; for
 * another service too.
 */
export async function useHomeDraft(
  tx: Write,
  context: CaseContext,
  { serviceId, variant, homeCode }: Pick<Begun, 'serviceId' | 'variant'> & { readonly homeCode?: string },
): Promise<Answers> {
  if (homeCode === undefined) return {};
  const row = await takeHomeDraft(tx, hashOf(context, homeCode), context.now());
  if (row === null || row.serviceId !== serviceId || row.variant !== variant) return refuse('unknown-home-draft', {});
  return JSON.parse(context.vault.open(row.sealed, placeOf('home_draft', row.draftId))) as Answers;
}

function hashOf({ vault }: CaseContext, code: string): Buffer {
  return vault.mark('home-draft', readCode(code));
}
