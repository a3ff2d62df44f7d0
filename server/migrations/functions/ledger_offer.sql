-- edition 1
-- Writes what a day offers now. The claims are counted again, because the cells may begin elsewhere.
-- Gives true when anything changed.
create or replace function ledger_offer(a_centre integer, a_day date, a_pool text, a_begins timestamptz, a_whole boolean, a_offered smallint[])
returns boolean language plpgsql as $$
declare
  old ledger_pool;
  starts timestamptz := a_begins;
  cells integer := cardinality(a_offered);
  now_offered smallint[] := a_offered;
  now_taken smallint[];
  before integer;
  past timestamptz;
begin
  select * into old from ledger_pool where centre_id = a_centre and day = a_day and pool = a_pool for no key update;
  if found and old.begins = a_begins and old.offered = a_offered then return false; end if;
  if not found then
    insert into ledger_pool (centre_id, day, pool, begins, whole_day, offered, places, taken)
    values (a_centre, a_day, a_pool, a_begins, a_whole, a_offered, a_offered, array_fill(0::smallint, array[cells]))
    on conflict do nothing;
    return true;
  end if;
  if a_whole then
    select array[coalesce(sum(c.cells), 0)::smallint] into now_taken from booking_claim c
      where c.centre_id = a_centre and c.day = a_day and c.pool = a_pool;
  else
    -- A booking outside the new hours keeps its cells, with nothing offered in them.
    select least(a_begins, min(lower(c.span))), max(upper(c.span)) into starts, past from booking_claim c
      where c.centre_id = a_centre and c.day = a_day;
    before := round(extract(epoch from a_begins - starts) / 300);
    cells := greatest(before + cells, coalesce(ceil(extract(epoch from past - starts) / 300)::integer, 0));
    now_offered := array_fill(0::smallint, array[before]) || a_offered;
    now_offered := now_offered || array_fill(0::smallint, array[cells - cardinality(now_offered)]);
    now_taken := array_fill(0::smallint, array[cells]);
    declare claim record;
    begin
      for claim in select c.span, c.cells from booking_claim c
        where c.centre_id = a_centre and c.day = a_day and c.pool = a_pool loop
        now_taken := ledger_add(now_taken, round(extract(epoch from lower(claim.span) - starts) / 300)::integer + 1, claim.cells, 1);
      end loop;
    end;
  end if;
  if old.begins = starts and old.offered = now_offered then return false; end if;
  update ledger_pool set begins = starts, offered = now_offered, places = ledger_most(now_offered, now_taken),
    taken = now_taken, changed_by = pg_current_xact_id()
  where centre_id = a_centre and day = a_day and pool = a_pool;
  return true;
end $$;
