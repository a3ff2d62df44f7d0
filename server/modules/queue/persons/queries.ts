import type { DayKey, VisitId } from '../../../../core/queue/ids.ts';
import type { CivilDate } from '../../../../core/time/civil.ts';
import type { Read, Write } from '../../../platform/handles.ts';

/** The data of a visit that may have to be forgotten. */
export interface KeptPerson {
  readonly ground: string | null;
  readonly contact: string | null;
}

/** Stores the visitor, outside the log; what is stored already stays. */
export async function keepPerson(
  tx: Write,
  { key: { centreId, day }, visitId }: { readonly key: DayKey; readonly visitId: VisitId },
  { ground, contact }: KeptPerson,
): Promise<void> {
  await tx.query(
    `insert into visit_person (centre_id, day, visit_id, ground, contact) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [centreId, day, visitId, ground, contact],
  );
}

/** How to reach visitors of some days who said so. */
export async function contactsOn(
  tx: Read,
  keys: readonly DayKey[],
): Promise<{ key: DayKey; visitId: VisitId; contact: string }[]> {
  const { rows } = await tx.query<{ centreId: number; day: CivilDate; visitId: VisitId; contact: string }>(
    `select p.centre_id as "centreId", p.day::text as day, p.visit_id as "visitId", p.contact
     from visit_person p join unnest($1::integer[], $2::date[]) as k(centre_id, day) using (centre_id, day)
     where p.contact is not null`,
    [keys.map(({ centreId }) => centreId), keys.map(({ day }) => day)],
  );
  return rows.map(({ centreId, day, ...row }) => ({ ...row, key: { centreId, day } }));
}

/** Forgets who came on days before this one; gives how many were forgotten. The log does not change. */
export async function forgetPersons(tx: Write, before: CivilDate): Promise<number> {
  const { rowCount } = await tx.query('delete from visit_person where day < $1', [before]);
  return rowCount ?? 0;
}

/** What a visit belongs to elsewhere. */
export interface VisitLink {
  readonly kind: 'application' | 'booking';
  /** The id of the application or booking, which says nothing by itself. */
  readonly target: string;
}

/** Ties a visit to an application or a booking; twice is once. */
export async function linkVisit(
  tx: Write,
  { key: { centreId, day }, visitId }: { readonly key: DayKey; readonly visitId: VisitId },
  { kind, target }: VisitLink,
): Promise<void> {
  await tx.query(
    `insert into visit_link (centre_id, day, visit_id, kind, target) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [centreId, day, visitId, kind, target],
  );
}

/** The visits tied to an application or a booking, oldest first. */
export async function visitsLinkedTo(
  tx: Read,
  { kind, target }: VisitLink,
): Promise<{ key: DayKey; visitId: VisitId }[]> {
  const { rows } = await tx.query<{ centre_id: number; day: CivilDate; visit_id: VisitId }>(
    `select centre_id, day::text as day, visit_id from visit_link where kind = $1 and target = $2
     order by visit_link.day, visit_id`,
    [kind, target],
  );
  return rows.map((row) => ({ key: { centreId: row.centre_id, day: row.day }, visitId: row.visit_id }));
}
