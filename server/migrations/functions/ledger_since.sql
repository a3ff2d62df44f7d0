-- edition 1
-- What changed since a transaction. It uses the index whatever the statistics say, because every search begins with this question.
create or replace function ledger_since(a_from date, a_mark xid8) returns setof ledger_pool language plpgsql stable
set enable_seqscan = off set enable_bitmapscan = off as $$
begin
  return query select * from ledger_pool where changed_by >= a_mark and day >= a_from;
end $$;
