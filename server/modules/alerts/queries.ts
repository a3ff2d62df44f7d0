import type { Alert, AlertKind } from '../../../contract/alerts.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Read, Write } from '../../platform/handles.ts';

/** How long alerts that are over stay on the hall's screen, and how many. */
const SHOWN_HOURS = 12;
const SHOWN_MAX = 100;

const ALERT = `alert_id::float8 as "alertId", kind, place, value, instant_ms(raised_at)::float8 as "raisedAt",
  instant_ms(seen_at)::float8 as "seenAt", instant_ms(cleared_at)::float8 as "clearedAt",
  (select s.name from staff_account s where s.account_id = a.seen_by) as "seenBy"`;

/** What is raised: the kind and the place make it one alert until it is over. */
export interface Raised {
  readonly centreId: CentreId;
  readonly kind: AlertKind;
  readonly place: string;
  readonly value: number | null;
}

/** Raises an alert, or tells the open one how far things have come. */
export async function raise(tx: Write, { centreId, kind, place, value }: Raised, now: Instant): Promise<void> {
  await tx.query(
    `insert into alert (centre_id, kind, place, value, raised_at) values ($1, $2, $3, $4, instant_of($5))
     on conflict (centre_id, kind, place) where cleared_at is null do update set value = excluded.value`,
    [centreId, kind, place, value, now],
  );
}

/** Ends the open alert of a kind at a place, if there is one. */
export async function settle(tx: Write, { centreId, kind, place }: Omit<Raised, 'value'>, now: Instant): Promise<void> {
  await tx.query(
    `update alert set cleared_at = greatest(instant_of($4), raised_at)
     where centre_id = $1 and kind = $2 and place = $3 and cleared_at is null`,
    [centreId, kind, place, now],
  );
}

/** Of one kind exactly these places are open from now on. */
export async function keepAlerts(
  tx: Write,
  { centreId, kind, places }: Pick<Raised, 'centreId' | 'kind'> & { readonly places: readonly string[] },
  now: Instant,
): Promise<void> {
  await tx.query(
    `with over as (
       update alert set cleared_at = greatest(instant_of($4), raised_at)
       where centre_id = $1 and kind = $2 and cleared_at is null and place <> all ($3)
     )
     insert into alert (centre_id, kind, place, raised_at) select $1, $2, place, instant_of($4) from unnest($3::text[]) as place
     on conflict (centre_id, kind, place) where cleared_at is null do nothing`,
    [centreId, kind, places, now],
  );
}

export async function alertsOf(tx: Read, centreId: CentreId, now: Instant): Promise<Alert[]> {
  const { rows } = await tx.query<Alert>(
    `select ${ALERT} from alert a
     where centre_id = $1 and (cleared_at is null or raised_at > instant_of($2) - make_interval(hours => ${SHOWN_HOURS}))
     order by cleared_at is not null, raised_at desc, alert_id desc limit ${SHOWN_MAX}`,
    [centreId, now],
  );
  return rows;
}

export async function openAlertsAt(tx: Read, centreId: CentreId, place: string): Promise<Alert[]> {
  const { rows } = await tx.query<Alert>(
    `select ${ALERT} from alert a where centre_id = $1 and place = $2 and cleared_at is null order by alert_id`,
    [centreId, place],
  );
  return rows;
}

/** The open alerts of some kinds, of all centres. */
export async function openAlerts(tx: Read, kinds: readonly AlertKind[]): Promise<Raised[]> {
  const { rows } = await tx.query<Raised>(
    `select centre_id as "centreId", kind, place, value from alert where cleared_at is null and kind = any($1)`,
    [kinds],
  );
  return rows;
}

/** The alert's kind; null when the centre has no such alert. */
export async function kindOf(tx: Read, centreId: CentreId, alertId: number): Promise<AlertKind | null> {
  const { rows } = await tx.query<{ kind: AlertKind }>(
    'select kind from alert where centre_id = $1 and alert_id = $2',
    [centreId, alertId],
  );
  return rows[0]?.kind ?? null;
}

/** The first person who saw it is stored; later ones change nothing. */
export async function markSeen(tx: Write, alertId: number, by: string | null, now: Instant): Promise<void> {
  await tx.query(
    `update alert set seen_at = greatest(instant_of($2), raised_at), seen_by = $3 where alert_id = $1 and seen_at is null`,
    [alertId, now, by],
  );
}

export async function markCleared(tx: Write, alertId: number, by: string | null, now: Instant): Promise<void> {
  await tx.query(
    `update alert set cleared_at = greatest(instant_of($2), raised_at), cleared_by = $3,
       seen_at = coalesce(seen_at, greatest(instant_of($2), raised_at)), seen_by = coalesce(seen_by, $3)
     where alert_id = $1 and cleared_at is null`,
    [alertId, now, by],
  );
}
