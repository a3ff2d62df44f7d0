-- edition 1
-- True when nothing is taken beyond its places.
create or replace function ledger_holds(taken smallint[], places smallint[]) returns boolean language sql immutable as $$
  select cardinality(taken) = cardinality(places)
    and not exists (select from unnest(taken, places) as cell(t, p) where t > p or t < 0)
$$;
