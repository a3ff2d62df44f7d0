import { type Asker, responsibleOf } from '../../../core/access/asker.ts';
import { missingEvidence } from '../../../core/applications/evidence.ts';
import { askedFields, fieldsAtFault, type FormField, formFaults } from '../../../core/applications/form.ts';
import type { MoveName } from '../../../core/applications/life.ts';
import { refuse } from '../../../core/problems.ts';
import type { Write } from '../../platform/handles.ts';
import { centreDay } from '../network/index.ts';
import { decidingAgency } from './agencies/deciding-agency.ts';
import type { Action, CaseContext } from './context.ts';
import { evidenceMustBeInForce, mustBeInForce } from './evidence/documents-in-force.ts';
import { evidenceOf } from './evidence/queries.ts';
import { fieldsOutdated } from './followers.ts';
import { type Application, nextNumber } from './queries.ts';
import { openPart } from './sealed-part.ts';
import { shownSignatures } from './signatures/asked-signatures.ts';
import { mustBeGivenAt, variantOf } from './variant.ts';

/** The details of a move of an application. */
export interface MoveWords {
  readonly commandId: string;
  readonly move: MoveName;
  readonly ground?: string;
  readonly note?: string;
  readonly collector?: { readonly personId: string; readonly documentSeen: true; readonly signed: true };
}

interface Asked {
  readonly asker: Asker;
  readonly before: Application;
  readonly words: MoveWords;
}

type Prepare = (tx: Write, context: CaseContext, asked: Asked) => Promise<Partial<Action>>;

/**
 * What a move of an asker needs and changes in addition to the table of moves. Throws `form-faulty`, `identity-expired`, `mandate-expired`,
 * `evidence-missing`, `signatures-missing`, `identity-not-checked`.
 */
export async function preparedMove(tx: Write, context: CaseContext, asked: Asked): Promise<Partial<Action>> {
  return (await PREPARED[asked.words.move]?.(tx, context, asked)) ?? {};
}

const PREPARED: Partial<Record<MoveName, Prepare>> = {
  register: async (tx, context, { asker, before }) => {
    await mustBeComplete(tx, context, before);
    const { variant, passport } = await variantOf(tx, context, before);
    await mustBeGivenAt(context, before.centreId, passport);
    return {
      changes: {
        number: await nextNumber(tx, before.centreId, await centreDay(context, before.centreId)),
        agencyId: await decidingAgency(tx, passport, variant, context.now()),
        term: variant.term,
        responsible: responsibleOf(asker),
        resultCentreId: before.resultCentreId ?? before.centreId,
      },
    };
  },
  fix: async (tx, context, { before }) => {
    await mustBeComplete(tx, context, before);
    return {};
  },
  'refuse-acceptance': async (tx, context, { before }) => ({
    changes: { number: await nextNumber(tx, before.centreId, await centreDay(context, before.centreId)) },
  }),
  issue: async (tx, context, { before, words: { collector } }) => {
    if (collector === undefined) return refuse('identity-not-checked', {});
    const { variant } = await variantOf(tx, context, before);
    const by = collectedBy(before, collector.personId);
    const rule = variant.results.find(({ positive }) => positive === !before.refused)?.collectedBy ?? 'representative';
    if (by === 'other' && rule !== 'any-with-passport') return refuse('identity-not-checked', {});
    if (by === 'representative' && rule === 'applicant') return refuse('identity-not-checked', {});
    return { details: { collector: collector.personId, as: by, documentSeen: true, signed: true } };
  },
};

function collectedBy({ personId, representativeId }: Application, collectorId: string) {
  return collectorId === personId ? 'applicant' : collectorId === representativeId ? 'representative' : 'other';
}

/** Nothing that must be asked is open, nothing that must be shown is missing, and everybody has signed the current text. */
async function mustBeComplete(tx: Write, context: CaseContext, before: Application): Promise<void> {
  const { passport, variant } = await variantOf(tx, context, before);
  const form = (variant.form ?? []) as readonly FormField[];
  const { answers, mandate } = openPart(context.vault, before);
  const { personId, centreId, representativeId } = before;
  await mustBeInForce(tx, context, { personId, centreId, passport, representativeId, mandate });
  const outdated = await fieldsOutdated(tx, context, before);
  const faults = [
    ...formFaults(form, answers, await centreDay(context, centreId)),
    ...outdated.map((field) => ({ field, fault: 'outdated' as const })),
  ];
  if (faults.length > 0) refuse('form-faulty', { fields: fieldsAtFault(askedFields(form, answers), faults) });
  const rows = await evidenceOf(tx, before.applicationId);
  const seen = new Set(rows.map(({ kind }) => kind));
  const missing = missingEvidence(variant.evidence, seen, answers);
  if (missing.length > 0) refuse('evidence-missing', { documents: missing.map(({ kind, name }) => ({ kind, name })) });
  evidenceMustBeInForce(variant.evidence, rows, await centreDay(context, before.centreId));
  const unsigned = (await shownSignatures(tx, context, before)).filter(({ state }) => state !== 'signed');
  if (unsigned.length > 0) refuse('signatures-missing', { signers: unsigned.map(({ name }) => name) });
}
