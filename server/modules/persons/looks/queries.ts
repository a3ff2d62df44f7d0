import type { LookReleaseReply, PersonLookReply, Purpose } from '../../../../contract/persons.ts';
import type { Asker } from '../../../../core/access/asker.ts';
import type { CentreId } from '../../../../core/queue/ids.ts';
import type { Read, Write } from '../../../platform/handles.ts';

/** A look at personal data. */
export interface Look {
  readonly action: PersonLookReply['action'];
  readonly personIds: readonly string[];
}

/** Writes a look down, each record that it opened by itself: it is known afterwards which were. */
export async function insertLook(
  tx: Write,
  asker: Asker,
  purpose: Purpose,
  { action, personIds }: Look,
): Promise<void> {
  await tx.query(
    `insert into person_look (actor_kind, actor_id, action, purpose, centre_id, visit_id, application_id, reason, persons, person_id)
     select $1, $2, $3, $4, $5::integer, $6::uuid, $7::uuid, $8, case when person_id is null then 0 else 1 end, person_id
     from unnest($9::uuid[]) as one(person_id)`,
    [
      asker.kind,
      asker.id,
      action,
      purpose.kind,
      purpose.kind === 'task' ? null : purpose.centreId,
      purpose.kind === 'visit' ? purpose.visitId : null,
      purpose.kind === 'task' ? purpose.applicationId : null,
      purpose.kind === 'reason' ? purpose.reason : null,
      personIds.length === 0 ? [null] : personIds,
    ],
  );
}

/** Makes other looks of the same asker wait until this transaction is over: how many there were is counted one at a time. */
export async function lockLooksOf(tx: Write, actorId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('looks of ' || $1, 0))`, [actorId]);
}

/** A search that found nobody reveals something, too; adding a person reveals nothing. */
const COUNT = `coalesce(sum(persons), 0)::int as count from (
  select max(greatest(persons, 1)) as persons from person_look
  where action <> 'added' and not coalesce(person_id = any($2), false)`;

/** How many persons the caller has opened for stated reasons within the hour, apart from these. */
export async function reasonsWithinHour(tx: Read, actorId: string, personIds: readonly string[]): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select ${COUNT} and actor_id = $1 and purpose = 'reason' and at > clock_timestamp() - interval '1 hour'
     group by coalesce(person_id::text, look_id::text)) as one`,
    [actorId, personIds],
  );
  return rows[0]?.count ?? 0;
}

/** How many persons were opened for a visit, apart from these. */
export async function personsOfVisit(tx: Read, visitId: string, personIds: readonly string[]): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select ${COUNT} and visit_id = $1 group by coalesce(person_id::text, look_id::text)) as one`,
    [visitId, personIds],
  );
  return rows[0]?.count ?? 0;
}

/** How many searches for an application have opened nobody within the hour. */
export async function emptySearchesWithinHour(tx: Read, actorId: string, applicationId: string): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select count(*)::int as count from person_look
     where actor_id = $1 and purpose = 'task' and application_id = $2 and person_id is null and action = 'searched'
       and at > clock_timestamp() - interval '1 hour'`,
    [actorId, applicationId],
  );
  return rows[0]?.count ?? 0;
}

/** True when the same caller has added or opened a person within a working day; null for an unknown person. */
export async function isMet(tx: Read, { kind, id }: Asker, personId: string): Promise<boolean | null> {
  const { rows } = await tx.query<{ isMet: boolean }>(
    `select exists (select from person_look l where l.person_id = p.person_id and l.actor_kind = $2 and l.actor_id = $3
       and l.at > clock_timestamp() - interval '12 hours') as "isMet"
     from person p where p.person_id = $1 and p.forgotten_at is null`,
    [personId, kind, id],
  );
  return rows[0]?.isMet ?? null;
}

/** How many times a second person has agreed to more within the hour. */
export async function releasesWithinHour(tx: Read, askedBy: string): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select count(*)::int as count from look_release
     where asked_by = $1 and agreed and decided_at > clock_timestamp() - interval '1 hour'`,
    [askedBy],
  );
  return rows[0]?.count ?? 0;
}

/** Asks a second person for more; does nothing while the same person has asked already. */
export async function askRelease(
  tx: Write,
  asked: { readonly releaseId: string; readonly askedBy: string; readonly centreId: CentreId; readonly reason: string },
): Promise<void> {
  await tx.query(
    `insert into look_release (release_id, asked_by, centre_id, reason)
     select $1, $2, $3, $4 where not exists (
       select from look_release where asked_by = $2 and centre_id = $3 and agreed is null and asked_at > clock_timestamp() - interval '1 day')`,
    [asked.releaseId, asked.askedBy, asked.centreId, asked.reason],
  );
}

/** Decides what is asked at a centre; gives who asked, or null when there is nothing to decide any more. */
export async function decideRelease(
  tx: Write,
  decided: { readonly releaseId: string; readonly centreId: CentreId; readonly by: string; readonly agreed: boolean },
): Promise<string | null> {
  const { rows } = await tx.query<{ askedBy: string }>(
    `update look_release set decided_by = $3, decided_at = clock_timestamp(), agreed = $4
     where release_id = $1 and centre_id = $2 and agreed is null and asked_by <> $3
       and asked_at > clock_timestamp() - interval '1 day'
     returning asked_by as "askedBy"`,
    [decided.releaseId, decided.centreId, decided.by, decided.agreed],
  );
  return rows[0]?.askedBy ?? null;
}

const PAGE = 200;

/**
 * Looks for stated reasons, and those through an application without a visit that the same asker has begun: nobody but the asker says why.
 * Newest first, a page at a time; of one centre where it is named.
 */
export async function looksForReasons(
  tx: Read,
  centreId: CentreId | null,
  before: number | null,
): Promise<PersonLookReply[]> {
  const { rows } = await tx.query<PersonLookReply>(
    `select l.look_id::float8 as "lookId", instant_ms(l.at)::float8 as at, l.actor_kind as "actorKind",
       coalesce(a.name, l.actor_id) as who, l.action, coalesce(l.centre_id, own.centre_id) as "centreId", l.reason, l.persons
     from person_look l left join staff_account a on l.actor_kind = 'staff' and a.account_id::text = l.actor_id
       left join application own on l.purpose = 'task' and own.application_id = l.application_id and own.visit_id is null and exists (
         select from application_event e where e.application_id = own.application_id and e.move = 'begin'
           and e.actor_kind = l.actor_kind and e.actor_id = l.actor_id)
     where (l.purpose = 'reason' or own.application_id is not null)
       and ($1::integer is null or coalesce(l.centre_id, own.centre_id) = $1) and ($2::bigint is null or l.look_id < $2)
     order by l.look_id desc limit ${PAGE}`,
    [centreId, before],
  );
  return rows;
}

/** What is asked of a second person at a centre. */
export async function openReleases(tx: Read, centreId: CentreId): Promise<LookReleaseReply[]> {
  const { rows } = await tx.query<LookReleaseReply>(
    `select r.release_id as "releaseId", a.name as who, r.reason, instant_ms(r.asked_at)::float8 as at
     from look_release r join staff_account a on a.account_id = r.asked_by
     where r.centre_id = $1 and r.agreed is null and r.asked_at > clock_timestamp() - interval '1 day'
     order by r.asked_at`,
    [centreId],
  );
  return rows;
}

const KEPT = '1 year';

export async function sweepLooks(tx: Write): Promise<void> {
  await tx.query(`delete from person_look where at < clock_timestamp() - interval '${KEPT}'`);
  await tx.query(`delete from look_release where asked_at < clock_timestamp() - interval '${KEPT}'`);
}
