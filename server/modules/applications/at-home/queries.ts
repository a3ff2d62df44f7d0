import type { Instant } from '../../../../core/time/instant.ts';
import type { Read, Write } from '../../../platform/handles.ts';

/** Drafts that were begun at home. */
export interface HomeDraftRow {
  readonly draftId: string;
  readonly codeHash: Buffer;
  readonly serviceId: string;
  readonly version: number;
  readonly variant: string;
  readonly sealed: Buffer;
  readonly goodUntil: Instant;
}

const ROW = `draft_id as "draftId", code_hash as "codeHash", service_id as "serviceId", version, variant, sealed,
  instant_ms(good_until)::float8 as "goodUntil"`;

export async function insertHomeDraft(tx: Write, row: HomeDraftRow, at: Instant): Promise<void> {
  const { draftId, codeHash, serviceId, version, variant, sealed, goodUntil } = row;
  await tx.query(
    `insert into home_draft (draft_id, code_hash, service_id, version, variant, sealed, made_at, good_until)
     values ($1, $2, $3, $4, $5, $6, instant_of($7), instant_of($8))`,
    [draftId, codeHash, serviceId, version, variant, sealed, at, goodUntil],
  );
}

export async function homeDraft(tx: Read, codeHash: Buffer, at: Instant): Promise<HomeDraftRow | null> {
  const { rows } = await tx.query<HomeDraftRow>(
    `select ${ROW} from home_draft where code_hash = $1 and good_until > instant_of($2)`,
    [codeHash, at],
  );
  return rows[0] ?? null;
}

/** Takes a draft away for the application that goes on with it. */
export async function takeHomeDraft(tx: Write, codeHash: Buffer, at: Instant): Promise<HomeDraftRow | null> {
  const { rows } = await tx.query<HomeDraftRow>(
    `delete from home_draft where code_hash = $1 and good_until > instant_of($2) returning ${ROW}`,
    [codeHash, at],
  );
  return rows[0] ?? null;
}

export async function deleteOldHomeDrafts(tx: Write, at: Instant): Promise<void> {
  await tx.query('delete from home_draft where good_until <= instant_of($1)', [at]);
}
