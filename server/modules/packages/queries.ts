import type { PackageTemplate } from '../../../core/applications/package.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Read, Write } from '../../platform/handles.ts';
import type { Application } from '../applications/index.ts';

/** A version of a template. */
export interface TemplateRow {
  readonly templateId: string;
  readonly version: number;
  readonly state: 'draft' | 'published';
  readonly draftedBy: string | null;
  readonly publishedAt: Instant | null;
  readonly template: PackageTemplate;
}

const TEMPLATE = `template_id as "templateId", version, state, drafted_by as "draftedBy", instant_ms(published_at)::float8 as "publishedAt", body as template`;

/** The newest published version of every template, and whether a draft of it waits. */
export async function publishedTemplates(tx: Read): Promise<(TemplateRow & { readonly draft: boolean })[]> {
  const { rows } = await tx.query<TemplateRow & { draft: boolean }>(
    `select distinct on (template_id) ${TEMPLATE},
       exists (select 1 from package_template d where d.template_id = t.template_id and d.state = 'draft') as draft
     from package_template t where state = 'published' order by template_id, version desc`,
  );
  return rows;
}

export async function templateVersions(tx: Read, templateId: string): Promise<TemplateRow[]> {
  const { rows } = await tx.query<TemplateRow>(
    `select ${TEMPLATE} from package_template where template_id = $1 order by version desc`,
    [templateId],
  );
  return rows;
}

export async function putTemplateDraft(
  tx: Write,
  templateId: string,
  template: PackageTemplate,
  by: string | null,
): Promise<number> {
  const { rows } = await tx.query<{ version: number }>(
    `insert into package_template (template_id, version, state, body, drafted_by)
     select $1, coalesce((select max(version) from package_template where template_id = $1 and state = 'published'), 0) + 1, 'draft', $2, $3
     on conflict (template_id) where state = 'draft' do update set body = excluded.body, drafted_by = excluded.drafted_by
     returning version`,
    [templateId, JSON.stringify(template), by],
  );
  return (rows[0] as { version: number }).version;
}

export async function publishTemplate(
  tx: Write,
  templateId: string,
  by: string | null,
  at: Instant,
): Promise<number | null> {
  const { rows } = await tx.query<{ version: number }>(
    `update package_template set state = 'published', published_at = instant_of($3), published_by = $2
     where template_id = $1 and state = 'draft' returning version`,
    [templateId, by, at],
  );
  return rows[0]?.version ?? null;
}

/** A package as it is kept. */
export interface PackageRow {
  readonly packageId: string;
  readonly templateId: string;
  readonly version: number;
  readonly personId: string;
  readonly centreId: number;
  readonly facts: Buffer;
  readonly commandId: string;
  readonly template: PackageTemplate;
}

const PACKAGE = `p.package_id as "packageId", p.template_id as "templateId", p.version, p.person_id as "personId", p.centre_id as "centreId",
  p.facts, p.command_id as "commandId", t.body as template`;

export async function insertPackage(
  tx: Write,
  { packageId, templateId, version, personId, centreId, facts, commandId }: Omit<PackageRow, 'template'>,
  at: Instant,
): Promise<void> {
  await tx.query(
    `insert into package (package_id, template_id, version, person_id, centre_id, facts, command_id, made_at)
     values ($1, $2, $3, $4, $5, $6, $7, instant_of($8))`,
    [packageId, templateId, version, personId, centreId, facts, commandId, at],
  );
}

/** A package; null when there is none. */
export function packageById(tx: Read, packageId: string): Promise<PackageRow | null> {
  return findPackageById(tx, packageId, '');
}

/** A package, held so that what belongs to it changes one after the other. */
export function holdPackage(tx: Write, packageId: string): Promise<PackageRow | null> {
  return findPackageById(tx, packageId, 'for no key update of p');
}

async function findPackageById(tx: Read, packageId: string, held: string): Promise<PackageRow | null> {
  const { rows } = await tx.query<PackageRow>(
    `select ${PACKAGE} from package p join package_template t using (template_id, version) where package_id = $1
     ${held}`,
    [packageId],
  );
  return rows[0] ?? null;
}

export async function packageByCommand(tx: Read, commandId: string): Promise<PackageRow | null> {
  const { rows } = await tx.query<PackageRow>(
    `select ${PACKAGE} from package p join package_template t using (template_id, version) where command_id = $1`,
    [commandId],
  );
  return rows[0] ?? null;
}

/** A package of the same kind that a person has under way; null when there is none. */
export async function openPackageLike(
  tx: Read,
  personId: string,
  templateId: string,
): Promise<{ readonly packageId: string; readonly name: PackageTemplate['name'] } | null> {
  const { rows } = await tx.query<{ packageId: string; name: PackageTemplate['name'] }>(
    `select p.package_id as "packageId", t.body->'name' as name
     from package p join package_template t using (template_id, version)
     where p.person_id = $1 and p.template_id = $2 and exists (
       select from application a where a.package_id = p.package_id
         and a.state not in ('acceptance-refused', 'issued', 'closed', 'cancelled', 'returned', 'withdrawn'))
     order by p.made_at desc limit 1`,
    [personId, templateId],
  );
  return rows[0] ?? null;
}

export async function setFacts(tx: Write, packageId: string, facts: Buffer): Promise<void> {
  await tx.query('update package set facts = $2 where package_id = $1', [packageId, facts]);
}

/** The applications of a package by their step; of a step that was begun again the newest. */
export async function stepIds(tx: Read, packageId: string): Promise<Pick<Application, 'applicationId'>[]> {
  const { rows } = await tx.query<{ applicationId: string }>(
    `select distinct on (step_id) application_id as "applicationId" from application where package_id = $1
     order by step_id, (state = 'cancelled'), made_at desc`,
    [packageId],
  );
  return rows;
}
