-- edition 1
-- A redeemed voucher is counted as a drink, in the same transaction.
create or replace function drink_given_from_event() returns trigger language plpgsql as $$
begin
  insert into drink_given (centre_id, day, visit_id, drink)
  values (new.centre_id, new.day, (new.body->>'visitId')::uuid, new.body->>'drink')
  on conflict do nothing;
  return null;
end $$;
