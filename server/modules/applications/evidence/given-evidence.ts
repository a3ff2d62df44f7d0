import { randomUUID } from 'node:crypto';
import type { GivenEvidence } from '../../../../contract/application-shapes.ts';
import { evidenceKey, formerEvidenceKey, isByHand, isInForce } from '../../../../core/applications/evidence.ts';
import { isDraft } from '../../../../core/applications/life.ts';
import { pastFault } from '../../../../core/persons/dates.ts';
import { refuse } from '../../../../core/problems.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Read, Write } from '../../../platform/handles.ts';
import { addPages, filesToKeep, keepScan, scanOf } from '../../files/index.ts';
import { centreDay } from '../../network/index.ts';
import type { CaseContext, Variant } from '../context.ts';
import { type Application, eventsOf } from '../queries.ts';
import { variantOf } from '../variant.ts';
import { openPart } from '../sealed-part.ts';
import { type EvidenceRow, evidenceOf } from './queries.ts';

/** Evidence as it is kept. */
export interface Given {
  readonly rows: readonly EvidenceRow[];
  /** Why documents are not needed, by their kind. */
  readonly reasons: Readonly<Record<string, string>>;
  /** The kinds that are new or other than before. */
  readonly touched: readonly string[];
}

type Need = Variant['evidence'][number];

/**
 * What was given as it is kept: files become the scan of a document, which is found again by its number the next time. Throws
 * `evidence-unknown` for a kind that the passport does not name, `evidence-not-by-hand`, `evidence-reason-needed`, `evidence-too-old`,
 * `form-faulty`, `unknown-file`, `file-not-clean`.
 */
export async function givenEvidence(
  tx: Write,
  context: CaseContext,
  application: Application,
  given: readonly GivenEvidence[],
): Promise<Given> {
  const before = new Map((await evidenceOf(tx, application.applicationId)).map((row) => [row.kind, row]));
  const { variant } = await variantOf(tx, context, application);
  const needs = new Map(variant.evidence.map((need) => [need.kind, need]));
  const unknown = given.filter(({ kind }) => !needs.has(kind) && !before.has(kind)).map(({ kind }) => kind);
  if (unknown.length > 0) refuse('evidence-unknown', { kinds: unknown });
  const known = openPart(context.vault, application).reasons ?? {};
  const today = await centreDay(context, application.centreId);
  const reasons: Record<string, string> = {};
  const rows: EvidenceRow[] = [];
  const touched: string[] = [];
  for (const one of given) {
    const { kind, seen, document, copies = 0, sheets = 1 } = one;
    const name = needs.get(kind)?.name ?? { ru: kind, en: kind };
    const was = before.get(kind) ?? null;
    if (!isByHand(seen) && was?.seen !== seen) refuse('evidence-not-by-hand', { name });
    const reason = (one.reason ?? known[kind] ?? '').trim();
    if (seen === 'lawful-reason') reasons[kind] = reason === '' ? refuse('evidence-reason-needed', { name }) : reason;
    const issuedOn = one.issuedOn ?? document?.issuedOn ?? was?.issuedOn ?? null;
    const days = needs.get(kind)?.shelfLifeDays ?? null;
    if (days !== null && issuedOn !== null && isByHand(seen) && !isInForce(issuedOn, days, today))
      refuse('evidence-too-old', { name, days, issuedOn });
    if (isByHand(seen)) mustBeOfThePast(one, name, today);
    const scanId = await scanFor(tx, context, application, one, was);
    rows.push({ kind, seen, scanId, copies, sheets, issuedOn });
    const isSame = was !== null && was.seen === seen && was.copies === copies && was.sheets === sheets;
    if (!isSame || (one.fileIds ?? []).length > 0) touched.push(kind);
  }
  // What was sent to the agency once is not taken back when something is corrected.
  if (!isDraft(application.state))
    for (const row of before.values()) if (!rows.some(({ kind }) => kind === row.kind)) rows.push(row);
  return { rows, reasons: isDraft(application.state) ? reasons : { ...known, ...reasons }, touched };
}

/** Throws `form-faulty` for a document that is said to be issued on a day that has not come yet, or long ago. */
function mustBeOfThePast({ kind, issuedOn, document }: GivenEvidence, name: Need['name'], today: CivilDate): void {
  const label = { ru: `${name.ru}, дата выдачи`, en: `${name.en}, date of issue` };
  const days = { issuedOn, 'document.issuedOn': document?.issuedOn };
  const fields = Object.entries(days).flatMap(([at, day]) => {
    const fault = day === undefined ? null : pastFault(day, today);
    return fault === null ? [] : [{ field: `evidence.${kind}.${at}`, fault, label }];
  });
  if (fields.length > 0) refuse('form-faulty', { fields });
}

/** The scan of a document with its new pages; one that was scanned before keeps what it has. */
async function scanFor(
  tx: Write,
  context: CaseContext,
  { personId, state }: Application,
  { kind, document, fileIds = [] }: GivenEvidence,
  was: EvidenceRow | null,
): Promise<string | null> {
  const hashOf = (key: typeof evidenceKey) =>
    document === undefined ? null : context.vault.mark('scan', key({ personId, kind, ...document }));
  const scanWith = async (hash: Buffer | null) => (hash === null ? null : scanOf(tx, personId, hash));
  const documentHash = hashOf(evidenceKey);
  await filesToKeep(tx, personId, fileIds);
  const known = (await scanWith(documentHash)) ?? (await scanWith(hashOf(formerEvidenceKey)));
  const before = was?.scanId ?? null;
  const present = documentHash === null || !isDraft(state) ? (before ?? known) : known;
  if (fileIds.length === 0) return present ?? before;
  if (present === null)
    return keepScan(tx, { scanId: randomUUID(), personId, kind, documentHash, fileIds }, context.now());
  await addPages(tx, present, fileIds);
  return present;
}

/** The fields and documents that were corrected since a move was made last. */
export async function correctedSince(
  tx: Read,
  applicationId: string,
  move: string,
): Promise<{ readonly fields: string[]; readonly documents: string[] }> {
  const events = await eventsOf(tx, applicationId);
  const since = events.slice(events.findLastIndex((event) => event.move === move) + 1);
  const of = (name: 'fields' | 'documents') => [
    ...new Set(since.filter((event) => event.move === 'correct').flatMap(({ details }) => details[name] as string[])),
  ];
  return { fields: of('fields'), documents: of('documents') };
}
