import type { Agency, AgencySetting } from '../../../../contract/agencies.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import type { Read, Write } from '../../../platform/handles.ts';

type Words = { readonly ru: string; readonly en: string };

/** How a node of the version before names the behaviour. A trigger keeps both members alike; a later release drops this one. */
const OLD_BEHAVIOUR = 'temper';
const AGENCY = `agency_id as "agencyId", json_build_object('ru', name_ru, 'en', name_en) as name, adapter,
  setting - '${OLD_BEHAVIOUR}' as setting`;

/** Every agency, by its Russian name. */
export async function agencies(tx: Read): Promise<Agency[]> {
  return (await tx.query<Agency>(`select ${AGENCY} from agency order by name_ru collate "ru-x-icu", agency_id`)).rows;
}

/** An agency that a passport names: written down as one that works on paper, when it is new. */
export async function ensureAgency(tx: Write, agencyId: string, name: Words, at: Instant): Promise<void> {
  await tx.query(
    `insert into agency (agency_id, name_ru, name_en, adapter, changed_at) values ($1, $2, $3, 'paper', instant_of($4))
     on conflict do nothing`,
    [agencyId, name.ru, name.en, at],
  );
}

export async function putAgency(
  tx: Write,
  { agencyId, name, adapter, setting }: Agency,
  secret: Buffer | null,
  at: Instant,
): Promise<void> {
  await tx.query(
    `insert into agency (agency_id, name_ru, name_en, adapter, setting, secret, changed_at) values ($1, $2, $3, $4, $5, $6, instant_of($7))
     on conflict (agency_id) do update set name_ru = excluded.name_ru, name_en = excluded.name_en, adapter = excluded.adapter,
       setting = excluded.setting, secret = coalesce(excluded.secret, agency.secret), changed_at = excluded.changed_at`,
    [agencyId, name.ru, name.en, adapter, JSON.stringify(setting), secret, at],
  );
}

/** How an agency is reached; null when there is no such. */
export async function wayTo(
  tx: Read,
  agencyId: string,
): Promise<{
  readonly adapter: Agency['adapter'];
  readonly setting: AgencySetting;
  readonly secret: Buffer | null;
} | null> {
  const { rows } = await tx.query<{ adapter: Agency['adapter']; setting: AgencySetting; secret: Buffer | null }>(
    `select adapter, setting - '${OLD_BEHAVIOUR}' as setting, secret from agency where agency_id = $1`,
    [agencyId],
  );
  return rows[0] ?? null;
}

/** True for an agency that works on paper. */
export async function isOnPaper(tx: Read, agencyId: string): Promise<boolean> {
  return (await wayTo(tx, agencyId))?.adapter === 'paper';
}

/** One of these that is no agency; null when all are. */
export async function unknownAgency(tx: Read, agencyIds: ReadonlySet<string>): Promise<string | null> {
  const { rows } = await tx.query<{ agencyId: string }>(
    'select u as "agencyId" from unnest($1::text[]) u where not exists (select from agency where agency_id = u)',
    [[...agencyIds]],
  );
  return rows[0]?.agencyId ?? null;
}

/** True for an agency that is known. */
export async function isAgency(tx: Read, agencyId: string): Promise<boolean> {
  return (await tx.query('select from agency where agency_id = $1', [agencyId])).rowCount === 1;
}
