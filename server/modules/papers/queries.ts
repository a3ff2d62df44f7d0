import { randomUUID } from 'node:crypto';
import type { ManifestRow, Paper } from '../../../contract/papers.ts';
import { barcodeOf, type HandOver, type PaperPlace } from '../../../core/applications/papers.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Actor } from '../../platform/audit.ts';
import type { Read, Write } from '../../platform/handles.ts';

/** A paper as it is kept. */
export interface PaperRow extends Paper {
  readonly paperId: string;
  readonly centreId: number | null;
  readonly manifestId: string | null;
}

const PAPER = `p.paper_id::text as "paperId", p.barcode, p.application_id as "applicationId", a.number, p.kind, p.form, p.sheets, p.place,
  p.cell, p.centre_id as "centreId", p.manifest_id as "manifestId"`;

/** A paper that comes into being. */
export interface NewPaper {
  readonly applicationId: string;
  readonly kind: string;
  readonly form: PaperRow['form'];
  readonly sheets: number;
  readonly place: 'centre' | 'agency';
  readonly centreId: number | null;
}

export async function insertPapers(tx: Write, papers: readonly NewPaper[], actor: Actor, at: Instant): Promise<void> {
  if (papers.length === 0) return;
  const { rows } = await tx.query<{ number: number }>(
    `select nextval('paper_number')::float8 as number from generate_series(1, $1)`,
    [papers.length],
  );
  const numbered = papers.map((paper, index) => ({
    ...paper,
    barcode: barcodeOf((rows[index] as { number: number }).number),
  }));
  await tx.query(
    `with made as (
       insert into paper (barcode, application_id, kind, form, sheets, place, centre_id)
       select w.barcode, w."applicationId", w.kind, w.form, w.sheets, w.place, w."centreId"
       from jsonb_to_recordset($1) as w(barcode text, "applicationId" uuid, kind text, form text, sheets smallint, place text, "centreId" integer)
       returning paper_id, place
     )
     insert into paper_move (paper_id, seq, at, actor_kind, actor_id, place, what)
     select paper_id, 1, instant_of($2), $3, $4, place, 'made' from made`,
    [JSON.stringify(numbered), at, actor.kind, actor.id],
  );
}

/** A paper, held while it is moved; null when there is none. */
export async function holdPaper(tx: Write, barcode: string): Promise<PaperRow | null> {
  const { rows } = await tx.query<PaperRow>(
    `select ${PAPER} from paper p join application a using (application_id) where p.barcode = $1 for no key update of p`,
    [barcode],
  );
  return rows[0] ?? null;
}

export async function papersOf(tx: Read, applicationId: string): Promise<PaperRow[]> {
  const { rows } = await tx.query<PaperRow>(
    `select ${PAPER} from paper p join application a using (application_id) where p.application_id = $1 order by p.paper_id`,
    [applicationId],
  );
  return rows;
}

/** What waits at a centre. */
export async function papersAt(
  tx: Read,
  centreId: number,
): Promise<(PaperRow & { goesTo: string | null; state: string; dispatchBy: CivilDate | null })[]> {
  const { rows } = await tx.query<PaperRow & { goesTo: string | null; state: string; dispatchBy: CivilDate | null }>(
    `select ${PAPER},
       case when p.form <> 'result' and (a.state = 'registered' or (a.state = 'at-agency' and g.adapter = 'paper')) then a.agency_id end as "goesTo",
         a.state, a.dispatch_by::text as "dispatchBy"
     from paper p join application a using (application_id) left join agency g on g.agency_id = a.agency_id where p.centre_id = $1
     order by a.dispatch_by nulls last, p.paper_id limit 1000`,
    [centreId],
  );
  return rows;
}

/** Where papers are now, and what that was. */
export async function movePapers(
  tx: Write,
  paperIds: readonly string[],
  to: {
    readonly place: PaperPlace;
    readonly centreId?: number | null;
    readonly cell?: string | null;
    readonly manifestId?: string | null;
    readonly what: string;
  },
  actor: Actor,
  at: Instant,
): Promise<void> {
  if (paperIds.length === 0) return;
  const { place, centreId = null, cell = null, manifestId = null, what } = to;
  await tx.query(
    `with moved as (
       update paper set place = $2, centre_id = $3, cell = $4, manifest_id = $5 where paper_id = any($1::bigint[]) returning paper_id
     )
     insert into paper_move (paper_id, seq, at, actor_kind, actor_id, place, what)
     select paper_id, (select max(seq) + 1 from paper_move m where m.paper_id = moved.paper_id), instant_of($6), $7, $8, $2, $9 from moved`,
    [paperIds, place, centreId, cell, manifestId, at, actor.kind, actor.id, what],
  );
}

const MANIFEST = `m.manifest_id as "manifestId", m.number, m.direction, m.centre_id as "centreId", m.agency_id as "agencyId",
  (select json_build_object('ru', g.name_ru, 'en', g.name_en) from agency g where g.agency_id = m.agency_id) as agency,
  m.to_centre_id as "toCentreId", m.state, m.seal, instant_ms(m.cut_off)::float8 as "cutOff", instant_ms(m.opened_at)::float8 as "openedAt",
  instant_ms(m.sealed_at)::float8 as "sealedAt", instant_ms(m.handed_at)::float8 as "handedAt",
  (select count(*)::integer from manifest_line l where l.manifest_id = m.manifest_id) as papers`;

/** How the number of a manifest begins. */
const LETTERS = { out: 'A', in: 'C', between: 'B' } as const;

/** Opens a manifest, or gives the one that is open on the same way. */
export async function openManifest(
  tx: Write,
  {
    direction,
    centreId,
    agencyId,
    toCentreId,
    cutOff,
  }: Pick<ManifestRow, 'direction' | 'centreId' | 'agencyId' | 'toCentreId' | 'cutOff'>,
  day: CivilDate,
  at: Instant,
): Promise<string> {
  const way = `${LETTERS[direction]}${centreId}-${agencyId ?? toCentreId}-${day.replaceAll('-', '')}`;
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [way]);
  const { rows } = await tx.query<{ manifestId: string }>(
    `with made as (
       insert into manifest (manifest_id, number, direction, centre_id, agency_id, to_centre_id, state, cut_off, opened_at)
       values ($1, $2 || '-' || (select count(*) + 1 from manifest where number like $2 || '-%'), $3, $4, $5, $6, 'open', instant_of($7), instant_of($8))
       on conflict (direction, centre_id, coalesce(agency_id, to_centre_id::text)) where state = 'open' do nothing
       returning manifest_id
     )
     select manifest_id as "manifestId" from made union all
     select manifest_id from manifest where state = 'open' and direction = $3 and centre_id = $4
       and coalesce(agency_id, to_centre_id::text) = coalesce($5, $6::text) limit 1`,
    [randomUUID(), way, direction, centreId, agencyId, toCentreId, cutOff, at],
  );
  return (rows[0] as { manifestId: string }).manifestId;
}

/** A manifest; null when there is none. */
export function manifestById(tx: Read, manifestId: string): Promise<ManifestRow | null> {
  return findManifestById(tx, manifestId, '');
}

/** A manifest, held while it is changed. */
export function holdManifest(tx: Write, manifestId: string): Promise<ManifestRow | null> {
  return findManifestById(tx, manifestId, 'for no key update of m');
}

async function findManifestById(tx: Read, manifestId: string, held: string): Promise<ManifestRow | null> {
  const { rows } = await tx.query<ManifestRow>(`select ${MANIFEST} from manifest m where manifest_id = $1 ${held}`, [
    manifestId,
  ]);
  return rows[0] ?? null;
}

export async function manifestsAt(tx: Read, centreId: number): Promise<ManifestRow[]> {
  const { rows } = await tx.query<ManifestRow>(
    `select ${MANIFEST} from manifest m where centre_id = $1 or to_centre_id = $1 order by opened_at desc limit 100`,
    [centreId],
  );
  return rows;
}

export async function manifestsOf(tx: Read, agencyId: string): Promise<ManifestRow[]> {
  const { rows } = await tx.query<ManifestRow>(
    `select ${MANIFEST} from manifest m where agency_id = $1 order by opened_at desc limit 100`,
    [agencyId],
  );
  return rows;
}

/** A paper on a manifest. */
export interface LineRow extends PaperRow {
  readonly outcome: 'waiting' | HandOver;
  readonly note: string | null;
  readonly dispatchBy: CivilDate | null;
  readonly state: string;
}

export async function linesOf(tx: Read, manifestId: string): Promise<LineRow[]> {
  const { rows } = await tx.query<LineRow>(
    `select ${PAPER}, l.outcome, l.note, a.dispatch_by::text as "dispatchBy", a.state
     from manifest_line l join paper p using (paper_id) join application a using (application_id)
     where l.manifest_id = $1 order by a.number, p.paper_id`,
    [manifestId],
  );
  return rows;
}

export async function insertLine(tx: Write, manifestId: string, paperId: string): Promise<void> {
  await tx.query('insert into manifest_line (manifest_id, paper_id) values ($1, $2)', [manifestId, paperId]);
}

export async function deleteLine(tx: Write, manifestId: string, paperId: string): Promise<void> {
  await tx.query('delete from manifest_line where manifest_id = $1 and paper_id = $2', [manifestId, paperId]);
}

export async function sealManifest(
  tx: Write,
  manifestId: string,
  { seal, by }: { readonly seal: string; readonly by: string | null },
  at: Instant,
): Promise<void> {
  await tx.query(
    `update manifest set state = 'sealed', seal = $2, sealed_by = $3, sealed_at = instant_of($4) where manifest_id = $1`,
    [manifestId, seal, by, at],
  );
}

/** The account that sealed a manifest; null when nobody in particular did. */
export async function sealerOf(tx: Read, manifestId: string): Promise<string | null> {
  const { rows } = await tx.query<{ by: string | null }>(
    'select sealed_by as by from manifest where manifest_id = $1',
    [manifestId],
  );
  return rows[0]?.by ?? null;
}

export async function handManifest(
  tx: Write,
  manifestId: string,
  lines: readonly { readonly paperId: string; readonly outcome: HandOver; readonly note: string | null }[],
  isWhole: boolean,
  at: Instant,
): Promise<void> {
  await tx.query(
    `update manifest_line l set outcome = w.outcome, note = w.note
     from jsonb_to_recordset($2) as w("paperId" bigint, outcome text, note text) where l.manifest_id = $1 and l.paper_id = w."paperId"`,
    [manifestId, JSON.stringify(lines)],
  );
  await tx.query(`update manifest set state = $2, handed_at = instant_of($3) where manifest_id = $1`, [
    manifestId,
    isWhole ? 'closed' : 'handed',
    at,
  ]);
}
