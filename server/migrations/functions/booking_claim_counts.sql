-- edition 1
-- The counters of the ledger follow the claims of bookings, in the same transaction.
create or replace function booking_claim_counts() returns trigger language plpgsql as $$
declare
  claim booking_claim;
  step integer := 1;
  p ledger_pool;
  first integer;
begin
  if tg_op = 'UPDATE' then
    raise exception using errcode = 'check_violation', constraint = 'claim_is_not_changed', message = 'a claim is given back, not changed';
  end if;
  if tg_op = 'INSERT' then claim := new; else claim := old; step := -1; end if;
  select * into strict p from ledger_pool
    where centre_id = claim.centre_id and day = claim.day and pool = claim.pool for no key update;
  if p.whole_day then
    p.taken[1] := p.taken[1] + step * claim.cells;
  else
    first := round(extract(epoch from lower(claim.span) - p.begins) / 300)::integer + 1;
    if first < 1 or first + claim.cells - 1 > cardinality(p.taken) then
      raise exception using errcode = 'check_violation', constraint = 'claim_in_day', message = 'the claim is outside the day';
    end if;
    p.taken := ledger_add(p.taken, first, claim.cells, step);
  end if;
  update ledger_pool set
    taken = p.taken,
    -- What is given back beyond what is offered now is nobody's.
    places = case when step < 0 then ledger_most(offered, p.taken) else places end,
    changed_by = pg_current_xact_id()
  where centre_id = claim.centre_id and day = claim.day and pool = claim.pool;
  return null;
end $$;
