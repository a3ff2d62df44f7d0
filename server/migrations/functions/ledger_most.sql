-- edition 1
-- The greater of each pair. A resource with less than five minutes left of a day offers nothing: an empty list, not null.
create or replace function ledger_most(a smallint[], b smallint[]) returns smallint[] language sql immutable as $$
  select coalesce(array_agg(greatest(x, y) order by n), '{}') from unnest(a, b) with ordinality as cell(x, y, n)
$$;
