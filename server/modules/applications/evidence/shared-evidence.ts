import type { Write } from '../../../platform/handles.ts';
import type { Variant } from '../context.ts';
import { type EvidenceRow, evidenceOf, evidenceOfPackage, replaceEvidence } from './queries.ts';

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
  const own = await evidenceOf(tx, applicationId);
  const has = new Set(own.map(({ kind }) => kind));
  const needs = new Map(evidence.map((need) => [need.kind, need]));
  const shared = (await evidenceOfPackage(tx, packageId)).flatMap((row) => {
    const need = needs.get(row.kind);
    // How many copies are made is said by each service for itself.
    return need === undefined || has.has(row.kind) || brought.has(row.kind) ? [] : [{ ...row, copies: need.copies }];
  });
  if (shared.length > 0) await replaceEvidence(tx, applicationId, [...own, ...shared]);
  return shared.length > 0;
}

/** Puts a document into an application that has none of its kind. */
export async function addEvidence(
  tx: Write,
  applicationId: string,
  { kind, seen }: Pick<EvidenceRow, 'kind' | 'seen'>,
): Promise<void> {
  const rows = await evidenceOf(tx, applicationId);
  if (rows.some((row) => row.kind === kind)) return;
  await replaceEvidence(tx, applicationId, [...rows, { kind, seen, scanId: null, copies: 0, sheets: 1 }]);
}
