-- edition 1
-- Rows of the log of actions, and its seals, are only ever added.
create or replace function audit_is_for_ever() returns trigger language plpgsql as $$
begin
  raise exception 'an audit entry is never changed or removed';
end $$;
