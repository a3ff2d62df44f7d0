-- A resource of which less than five minutes are left of a day offers nothing: that is an empty list, and not none at all.
create or replace function ledger_most(a smallint[], b smallint[]) returns smallint[] language sql immutable as $$
  select coalesce(array_agg(greatest(x, y) order by n), '{}') from unnest(a, b) with ordinality as cell(x, y, n)
$$;
