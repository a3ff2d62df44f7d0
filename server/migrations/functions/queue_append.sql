-- edition 1
-- Appends one batch. Parts are days, sorted by centre and day; each is written whole or not at all.
--   first_*: the first event of each part that has events. It is the lock: it goes in only if its place is free
--            and the event before it has the chain value that the node knows.
--   rest_*, visit_*, step_*: everything else; `part` says to which element of first_* a row belongs.
--   check_*: parts without events (refusals, reads): they hold only if the day has not moved.
-- Gives null when all parts hold. Else a list with an object for each that does not: `part`, counted from 1 with
-- first_* before check_*, and `tail`, its events after the base; no tail means that the store does not know the base.
create or replace function queue_append(
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
          promise_broken = excluded.promise_broken, persons = excluded.persons, class_letter = excluded.class_letter;
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
