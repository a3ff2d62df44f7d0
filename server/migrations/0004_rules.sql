-- The rules of a hall beyond the first release: services, classes, appointments, several steps in one visit.

-- What the centre says otherwise than the usual rules of a hall (the members of QueueConfiguration), and whose hall it uses.
alter table centre add column queue_rules jsonb not null default '{}' check (jsonb_typeof(queue_rules) = 'object');
alter table centre add column hall_of integer references centre check (hall_of <> centre_id);
create index centre_by_hall on centre (hall_of) where hall_of is not null;

alter table service_group drop constraint service_group_letter_check;
alter table service_group add constraint service_group_letter_check check (letter ~ '^[АВГДЕЖИКЛМНПРСТУФХЦШЭЮЯ]{1,2}$');
alter table service_group add column first_number smallint not null default 1;
alter table service_group add column last_number smallint not null default 999;
alter table service_group add column quota integer check (quota >= 0);
alter table service_group add check (0 <= first_number and first_number <= last_number and last_number <= 999);

-- A service that a centre gives, the skill it takes and how long it takes.
create table centre_service (
  centre_id integer not null,
  service_id text not null check (service_id ~ '^[a-z0-9-]{1,60}$'),
  group_id text not null,
  name_ru text not null check (name_ru <> ''),
  name_en text not null check (name_en <> ''),
  level smallint not null check (level between 1 and 3),
  minutes smallint not null check (minutes between 1 and 480),
  place smallint not null,
  primary key (centre_id, service_id),
  foreign key (centre_id, group_id) references service_group
);
create index centre_service_by_group on centre_service (centre_id, group_id);

-- On which days a centre does not give a service, and why: a code that screens put into words.
create table service_off (
  centre_id integer not null,
  service_id text not null,
  days daterange not null check (not isempty(days)),
  reason text not null check (reason in ('equipment', 'staff', 'agency', 'system', 'other')),
  primary key (centre_id, service_id, days),
  foreign key (centre_id, service_id) references centre_service,
  exclude using gist (centre_id with =, service_id with =, days with &&)
);

-- Days on which the doors have other hours than their weekday; without hours: closed. `reason` is a code.
create table centre_closure (
  centre_id integer not null references centre,
  day date not null,
  opens time,
  closes time,
  reason text not null check (reason in ('holiday', 'repair', 'emergency', 'move', 'other')),
  primary key (centre_id, day),
  check ((opens is null) = (closes is null) and (opens is null or opens < closes))
);

-- How many windows are planned to be open in the half hour that begins at this wall-clock time.
create table planned_windows (
  centre_id integer not null references centre,
  weekday smallint not null check (weekday between 1 and 7),
  valid daterange not null check (not isempty(valid)),
  starts time not null check (extract(minute from starts) in (0, 30) and extract(second from starts) = 0),
  windows smallint not null check (windows between 0 and 999),
  primary key (centre_id, weekday, valid, starts),
  exclude using gist (centre_id with =, weekday with =, valid with &&, (extract(epoch from starts)) with =)
);

-- wait_ms: the published wait so far. later_wait_ms: the waits before later services.
alter table visit add column class_letter text not null default 'O';
alter table visit add column slot timestamptz;
alter table visit add column wait_ms integer;
alter table visit add column later_wait_ms integer;
alter table visit add column promise_broken boolean not null default false;

alter table visit_step add column service_id text;
alter table visit_step add column quantity smallint;
alter table visit_step add column stopped_ms integer not null default 0;

-- What may have to be forgotten of a visit: who came, how to reach him, the ground of his priority. Never in an event.
create table visit_person (
  centre_id integer not null,
  day date not null,
  visit_id uuid not null,
  ground text check (ground ~ '^[a-z0-9-]{1,60}$'),
  contact text check (length(contact) between 3 and 200),
  person_id uuid,
  primary key (centre_id, day, visit_id)
);
create index visit_person_by_day on visit_person (day);

-- What a visit belongs to elsewhere: an application, a booking. Deletable like the rest that leads to a person.
create table visit_link (
  centre_id integer not null,
  day date not null,
  visit_id uuid not null,
  kind text not null check (kind in ('application', 'booking')),
  target text not null check (target ~ '^[A-Za-z0-9-]{1,64}$'),
  primary key (centre_id, day, visit_id, kind, target)
);
create index visit_link_by_target on visit_link (kind, target);

-- The keys of this installation: what tokens are made with. Never leaves the database and the nodes.
create table installation_key (
  name text primary key check (name ~ '^[a-z-]{1,40}$'),
  value bytea not null
);

-- As in 0003, and three times as fast: a start reads hundreds of thousands of these. A double holds microseconds of this
-- century exactly enough to round to the millisecond.
create or replace function instant_ms(instant timestamptz) returns bigint language sql immutable parallel safe
  return round(date_part('epoch', instant) * 1000)::bigint;

-- The columns of a visit and of a step are more; everything else is as in 0003.
do $$
begin
  execute format('drop function %s', 'queue_append'::regproc::oid::regprocedure);
end $$;

-- Appends one batch. Parts are days, sorted by centre and day; each is written whole or not at all.
--   first_*: the first event of each part that has events. It is the lock: it goes in only if nobody stands
--            in its place and the event before it has the chain value that the node knows.
--   rest_*, visit_*, step_*: everything else; `part` says to which element of first_* a row belongs.
--   check_*: parts without events (refusals, reads): they hold only if the day has not moved.
-- Gives null when all parts hold. Else a list with an object for each that does not: `part`, counted from 1 with
-- first_* before check_*, and `tail`, its events after the base; no tail means that the store does not know the base.
create function queue_append(
  first_centre integer[] default '{}', first_day date[] default '{}', first_base integer[] default '{}', first_base_chain bigint[] default '{}',
  first_epoch integer[] default '{}', first_at bigint[] default '{}', first_due_at bigint[] default '{}', first_v smallint[] default '{}',
  first_kind text[] default '{}', first_command uuid[] default '{}', first_command_hash bigint[] default '{}',
  first_command_events smallint[] default '{}', first_chain bigint[] default '{}', first_body text[] default '{}',
  visit_part integer[] default '{}', visit_centre integer[] default '{}', visit_day date[] default '{}', visit_id uuid[] default '{}',
  visit_number text[] default '{}', visit_group text[] default '{}', visit_persons smallint[] default '{}', visit_state text[] default '{}',
  visit_taken_at bigint[] default '{}', visit_due bigint[] default '{}', visit_called_at bigint[] default '{}', visit_ended_at bigint[] default '{}',
  visit_class text[] default '{}', visit_slot bigint[] default '{}', visit_wait_ms integer[] default '{}', visit_later_wait_ms integer[] default '{}',
  visit_promise_broken boolean[] default '{}',
  step_part integer[] default '{}', step_centre integer[] default '{}', step_day date[] default '{}', step_visit uuid[] default '{}',
  step_number smallint[] default '{}', step_group text[] default '{}', step_window smallint[] default '{}', step_specialist text[] default '{}',
  step_called_at bigint[] default '{}', step_started_at bigint[] default '{}', step_ended_at bigint[] default '{}', step_outcome text[] default '{}',
  step_service text[] default '{}', step_quantity smallint[] default '{}', step_stopped_ms integer[] default '{}',
  rest_part integer[] default '{}', rest_centre integer[] default '{}', rest_day date[] default '{}', rest_seq integer[] default '{}',
  rest_epoch integer[] default '{}', rest_at bigint[] default '{}', rest_due_at bigint[] default '{}', rest_v smallint[] default '{}',
  rest_kind text[] default '{}', rest_command uuid[] default '{}', rest_command_hash bigint[] default '{}',
  rest_command_events smallint[] default '{}', rest_chain bigint[] default '{}', rest_body text[] default '{}',
  check_centre integer[] default '{}', check_day date[] default '{}', check_base integer[] default '{}', check_base_chain bigint[] default '{}'
) returns jsonb language plpgsql as $$
declare
  written integer := 0;
  won integer[];  -- null: all of them
  lost integer[] := '{}';
  moved integer[] := '{}';
begin
  if cardinality(first_centre) > 0 then
    insert into queue_event (centre_id, day, seq, epoch, at, due_at, v, kind, command_id, command_hash, command_events, chain, body)
    select p.centre, p.day, p.base + 1, p.epoch, instant_of(p.at), instant_of(p.due_at), p.v, p.kind,
           p.command, p.command_hash, p.command_events, p.chain, p.body::jsonb
    from unnest(first_centre, first_day, first_base, first_base_chain, first_epoch, first_at, first_due_at, first_v, first_kind,
                first_command, first_command_hash, first_command_events, first_chain, first_body)
      as p(centre, day, base, base_chain, epoch, at, due_at, v, kind, command, command_hash, command_events, chain, body)
    where p.base = 0 or p.base_chain =
      (select e.chain from queue_event e where e.centre_id = p.centre and e.day = p.day and e.seq = p.base)
    on conflict do nothing;
    get diagnostics written = row_count;

    if written < cardinality(first_centre) then
      -- What this transaction wrote is what it won.
      select coalesce(array_agg(p.part) filter (where p.ours), '{}'), coalesce(array_agg(p.part) filter (where p.ours is not true), '{}')
      into won, lost
      from (
        select l.part::integer, (
          select e.xmin::text = pg_current_xact_id()::xid::text
          from queue_event e where e.centre_id = l.centre and e.day = l.day and e.seq = l.base + 1
        ) as ours
        from unnest(first_centre, first_day, first_base) with ordinality as l(centre, day, base, part)
      ) as p;
    end if;
  end if;

  if cardinality(rest_part) > 0 then
    insert into queue_event (centre_id, day, seq, epoch, at, due_at, v, kind, command_id, command_hash, command_events, chain, body)
    select r.centre, r.day, r.seq, r.epoch, instant_of(r.at), instant_of(r.due_at), r.v, r.kind,
           r.command, r.command_hash, r.command_events, r.chain, r.body::jsonb
    from unnest(rest_part, rest_centre, rest_day, rest_seq, rest_epoch, rest_at, rest_due_at, rest_v, rest_kind,
                rest_command, rest_command_hash, rest_command_events, rest_chain, rest_body)
      as r(part, centre, day, seq, epoch, at, due_at, v, kind, command, command_hash, command_events, chain, body)
    where won is null or r.part = any(won);
  end if;

  if cardinality(visit_part) > 0 then
    insert into visit (centre_id, day, visit_id, number, group_id, persons, state, taken_at, due, called_at, ended_at,
                       class_letter, slot, wait_ms, later_wait_ms, promise_broken)
    select r.centre, r.day, r.id, r.number, r.group_id, r.persons, r.state,
           instant_of(r.taken_at), instant_of(r.due), instant_of(r.called_at), instant_of(r.ended_at),
           r.class, instant_of(r.slot), r.wait_ms, r.later_wait_ms, r.promise_broken
    from unnest(visit_part, visit_centre, visit_day, visit_id, visit_number, visit_group,
                visit_persons, visit_state, visit_taken_at, visit_due, visit_called_at, visit_ended_at,
                visit_class, visit_slot, visit_wait_ms, visit_later_wait_ms, visit_promise_broken)
      as r(part, centre, day, id, number, group_id, persons, state, taken_at, due, called_at, ended_at,
           class, slot, wait_ms, later_wait_ms, promise_broken)
    where won is null or r.part = any(won)
    on conflict on constraint visit_pkey do update
      set state = excluded.state, due = excluded.due, called_at = excluded.called_at, ended_at = excluded.ended_at,
          group_id = excluded.group_id, wait_ms = excluded.wait_ms, later_wait_ms = excluded.later_wait_ms,
          promise_broken = excluded.promise_broken;
  end if;

  if cardinality(step_part) > 0 then
    insert into visit_step (centre_id, day, visit_id, step, group_id, window_id, specialist_id, called_at, started_at, ended_at, outcome,
                            service_id, quantity, stopped_ms)
    select r.centre, r.day, r.visit, r.step, r.group_id, r.window_id, r.specialist,
           instant_of(r.called_at), instant_of(r.started_at), instant_of(r.ended_at), r.outcome, r.service, r.quantity, r.stopped_ms
    from unnest(step_part, step_centre, step_day, step_visit, step_number, step_group,
                step_window, step_specialist, step_called_at, step_started_at, step_ended_at, step_outcome,
                step_service, step_quantity, step_stopped_ms)
      as r(part, centre, day, visit, step, group_id, window_id, specialist, called_at, started_at, ended_at, outcome,
           service, quantity, stopped_ms)
    where won is null or r.part = any(won)
    on conflict on constraint visit_step_pkey do update
      set started_at = excluded.started_at, ended_at = excluded.ended_at, outcome = excluded.outcome,
          service_id = excluded.service_id, quantity = excluded.quantity, stopped_ms = excluded.stopped_ms;
  end if;

  if cardinality(check_centre) > 0 then
    select coalesce(array_agg(cardinality(first_centre) + c.part), '{}') into moved
    from unnest(check_centre, check_day, check_base, check_base_chain) with ordinality as c(centre, day, base, base_chain, part)
    where (select e.seq from queue_event e where e.centre_id = c.centre and e.day = c.day and e.seq = c.base + 1) is not null
       or (c.base > 0 and c.base_chain is distinct from
            (select e.chain from queue_event e where e.centre_id = c.centre and e.day = c.day and e.seq = c.base));
  end if;

  if cardinality(lost) + cardinality(moved) = 0 then
    return null;
  end if;
  -- A statement of its own sees what others committed since this function began.
  return (
    select jsonb_agg(jsonb_build_object('part', l.part, 'tail', (
      select jsonb_agg(jsonb_build_object(
        'seq', e.seq, 'epoch', e.epoch, 'at', instant_ms(e.at), 'dueAt', instant_ms(e.due_at), 'v', e.v, 'kind', e.kind,
        'commandId', e.command_id, 'commandHash', e.command_hash::text, 'commandEvents', e.command_events,
        'chain', e.chain::text, 'body', e.body) order by e.seq)
      from queue_event e
      where e.centre_id = (first_centre || check_centre)[l.part]
        and e.day = (first_day || check_day)[l.part]
        and e.seq > (first_base || check_base)[l.part])))
    from unnest(lost || moved) as l(part)
  );
end $$;
