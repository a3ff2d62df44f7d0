-- edition 1
-- Makes the partitions of the month of a day. Two callers at once are no error.
-- A table that is made first and attached then needs no lock that readers or writers of the others would wait for.
-- A restored backup calls this function before the later steps of the schema: it must work on every earlier schema.
create or replace function queue_ensure_month(wanted date) returns void language plpgsql as $$
declare
  first date := date_trunc('month', wanted)::date;
  next date := (first + interval '1 month')::date;
  parent text;
  child text;
begin
  perform pg_advisory_xact_lock(hashtext('queue_ensure_month'));
  foreach parent in array array['queue_event', 'visit', 'visit_step'] loop
    child := parent || to_char(first, '_YYYY_MM');
    if to_regclass(child) is null then
      execute format('create table %I (like %I including all)', child, parent);
      if parent <> 'queue_event' then
        execute format('alter table %I set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02,'
          ' autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0)', child);
      end if;
      execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, child, first, next);
    end if;
  end loop;
end $$;
