-- edition 1
-- The counts with `step` added to so many cells from the first on.
create or replace function ledger_add(counts smallint[], first integer, cells integer, step integer) returns smallint[]
language plpgsql immutable as $$
begin
  for cell in first .. first + cells - 1 loop
    counts[cell] := counts[cell] + step;
  end loop;
  return counts;
end $$;
