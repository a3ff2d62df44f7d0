import type { Passport } from '../../../contract/catalogue.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Read, Write } from '../../platform/handles.ts';
import type { OfferedGroup, Words } from '../network/index.ts';

export async function groups(tx: Read): Promise<OfferedGroup[]> {
  const { rows } = await tx.query<OfferedGroup>(
    `select group_id as "groupId", letter, json_build_object('ru', name_ru, 'en', name_en) as name, place
     from catalogue_group order by place`,
  );
  return rows;
}

export async function insertGroups(tx: Write, added: readonly OfferedGroup[]): Promise<void> {
  await tx.query(
    `insert into catalogue_group (group_id, letter, name_ru, name_en, place)
     select g."groupId", g.letter, g.name->>'ru', g.name->>'en', g.place
     from jsonb_to_recordset($1) as g("groupId" text, letter text, name jsonb, place smallint)`,
    [JSON.stringify(added)],
  );
}

/** A version of a passport. */
export interface VersionRow {
  readonly serviceId: string;
  readonly groupId: string;
  readonly pilotOnly: boolean;
  readonly version: number;
  readonly state: 'draft' | 'published';
  readonly validFrom: CivilDate | null;
  readonly publishedAt: Instant | null;
  readonly passport: Passport;
}

const VERSION = `p.service_id as "serviceId", p.group_id as "groupId", v.pilot_only as "pilotOnly", v.version, v.state,
  v.valid_from::text as "validFrom", instant_ms(v.published_at)::float8 as "publishedAt", v.body as passport`;

/** All versions of one service, newest first. */
export async function versions(tx: Read, serviceId: string): Promise<VersionRow[]> {
  const { rows } = await tx.query<VersionRow>(
    `select ${VERSION} from service_passport p join service_version v using (service_id)
     where service_id = $1 order by v.version desc`,
    [serviceId],
  );
  return rows;
}

/** The services that are in force on a day and given everywhere, in the order in which they were written down. */
export async function servicesInForce(
  tx: Read,
  day: CivilDate,
): Promise<{ serviceId: string; groupId: string; passport: Passport }[]> {
  const rows = (await inForce(tx, day)).filter(({ pilotOnly }) => !pilotOnly);
  return rows
    .toSorted((a, b) => (a.publishedAt ?? 0) - (b.publishedAt ?? 0))
    .map(({ serviceId, groupId, passport }) => ({ serviceId, groupId, passport }));
}

/** Of every service the version that is in force on a day: the newest of those published for it or before. */
export async function inForce(tx: Read, day: CivilDate): Promise<VersionRow[]> {
  const { rows } = await tx.query<VersionRow>(
    `select distinct on (p.service_id) ${VERSION} from service_passport p join service_version v using (service_id)
     where v.state = 'published' and v.valid_from <= $1::date
     order by p.service_id, v.valid_from desc, v.version desc`,
    [day],
  );
  return rows;
}

/** The version of one service that is in force on a day; null when there is none. */
export async function versionInForce(tx: Read, serviceId: string, day: CivilDate): Promise<VersionRow | null> {
  const { rows } = await tx.query<VersionRow>(
    `select ${VERSION} from service_passport p join service_version v using (service_id)
     where service_id = $1 and v.state = 'published' and v.valid_from <= $2::date order by v.valid_from desc, v.version desc limit 1`,
    [serviceId, day],
  );
  return rows[0] ?? null;
}

/** A version that was published: it never changes. */
export async function publishedVersion(tx: Read, serviceId: string, version: number): Promise<Passport | null> {
  const { rows } = await tx.query<{ passport: Passport }>(
    `select body as passport from service_version where service_id = $1 and version = $2 and state = 'published'`,
    [serviceId, version],
  );
  return rows[0]?.passport ?? null;
}

/** Every service with its group and names: those of the version in force, else of the draft. */
export async function overview(tx: Read, day: CivilDate) {
  const { rows } = await tx.query<{
    serviceId: string;
    groupId: string;
    letter: string;
    group: Words;
    name: Words;
    version: number | null;
    draft: boolean;
    pilotOnly: boolean;
  }>(
    `select p.service_id as "serviceId", g.group_id as "groupId", g.letter,
       json_build_object('ru', g.name_ru, 'en', g.name_en) as group, coalesce(now.body, draft.body)->'plain' as name,
       now.version, draft.version is not null as draft, coalesce(now.pilot_only, false) as "pilotOnly"
     from service_passport p join catalogue_group g using (group_id)
     left join lateral (
       select v.version, v.body, v.pilot_only from service_version v
       where v.service_id = p.service_id and v.state = 'published' and v.valid_from <= $1::date
       order by v.valid_from desc, v.version desc limit 1
     ) now on true
     left join service_version draft on draft.service_id = p.service_id and draft.state = 'draft'
     where now.version is not null or draft.version is not null
     order by g.place, coalesce(now.body, draft.body)->'plain'->>'ru' collate "ru-x-icu", p.service_id`,
    [day],
  );
  return rows;
}

/** Writes the draft of a service, new or known; gives its version. */
export async function putDraft(
  tx: Write,
  serviceId: string,
  groupId: string,
  passport: Passport,
  by: string | null,
): Promise<number> {
  await tx.query(
    `insert into service_passport (service_id, group_id) values ($1, $2)
     on conflict (service_id) do update set group_id = excluded.group_id`,
    [serviceId, groupId],
  );
  const { rows } = await tx.query<{ version: number }>(
    `insert into service_version (service_id, version, state, body, drafted_by)
     select $1, coalesce((select max(version) from service_version where service_id = $1 and state = 'published'), 0) + 1, 'draft', $2, $3
     on conflict (service_id) where state = 'draft' do update set body = excluded.body, drafted_by = excluded.drafted_by
     returning version`,
    [serviceId, JSON.stringify(passport), by],
  );
  return (rows[0] as { version: number }).version;
}

/** Who wrote the draft of a service last; null where nobody has an account, or there is none. */
export async function drafter(tx: Read, serviceId: string): Promise<string | null> {
  const { rows } = await tx.query<{ by: string | null }>(
    `select drafted_by as by from service_version where service_id = $1 and state = 'draft'`,
    [serviceId],
  );
  return rows[0]?.by ?? null;
}

/** Freezes the draft; gives its version, or null when there is none. */
export async function publishDraft(
  tx: Write,
  serviceId: string,
  validFrom: CivilDate,
  pilotOnly: boolean,
  by: string | null,
): Promise<number | null> {
  const { rows } = await tx.query<{ version: number }>(
    `update service_version set state = 'published', valid_from = $2, pilot_only = $3, published_at = clock_timestamp(), published_by = $4
     where service_id = $1 and state = 'draft' returning version`,
    [serviceId, validFrom, pilotOnly, by],
  );
  return rows[0]?.version ?? null;
}

/** What is on in one centre for some days. */
export interface PilotRow {
  readonly pilotId: number;
  readonly centreId: number;
  readonly serviceId: string | null;
  readonly rule: string | null;
  readonly value: unknown;
  readonly from: CivilDate;
  readonly to: CivilDate;
}

const PILOT = `pilot_id as "pilotId", centre_id as "centreId", service_id as "serviceId", rule, value,
  lower(days)::text as "from", (upper(days) - 1)::text as "to"`;

export async function pilots(tx: Read): Promise<PilotRow[]> {
  return (await tx.query<PilotRow>(`select ${PILOT} from pilot order by lower(days), pilot_id`)).rows;
}

export async function pilotsAt(tx: Read, centreId: number, day: CivilDate): Promise<PilotRow[]> {
  const { rows } = await tx.query<PilotRow>(`select ${PILOT} from pilot where centre_id = $1 and days @> $2::date`, [
    centreId,
    day,
  ]);
  return rows;
}

/** Throws the database's refusal: pilot_centre_id_service_id_rule_days_excl for one that overlaps another. */
export async function insertPilot(tx: Write, added: Omit<PilotRow, 'pilotId'>): Promise<number> {
  const { rows } = await tx.query<{ pilotId: number }>(
    `insert into pilot (centre_id, service_id, rule, value, days) values ($1, $2, $3, $4, daterange($5, $6, '[]'))
     returning pilot_id as "pilotId"`,
    [
      added.centreId,
      added.serviceId,
      added.rule,
      added.rule === null ? null : JSON.stringify(added.value),
      added.from,
      added.to,
    ],
  );
  return (rows[0] as { pilotId: number }).pilotId;
}

/** Ends a pilot before a day, or takes one back that has not begun by then; gives its centre, or null when there is none. */
export async function endPilot(tx: Write, pilotId: number, day: CivilDate): Promise<number | null> {
  const { rows } = await tx.query<{ centreId: number }>(
    `with gone as (delete from pilot where pilot_id = $1 and lower(days) >= $2::date returning centre_id),
     ended as (
       update pilot set days = daterange(lower(days), $2::date) where pilot_id = $1 and lower(days) < $2::date and upper(days) > $2::date
       returning centre_id
     )
     select centre_id as "centreId" from gone union all select centre_id from ended`,
    [pilotId, day],
  );
  return rows[0]?.centreId ?? null;
}

/** Makes imports wait for one another: each looks at all names. */
export async function lockCatalogue(tx: Write): Promise<void> {
  await tx.query('lock table service_passport in share row exclusive mode');
}
