-- edition 1
-- Gives what holds for all centres a new version.
create or replace function note_network_change() returns trigger language plpgsql as $$
begin
  insert into centre_change (centre_id, version) values (0, nextval('centre_change_version'))
  on conflict (centre_id) do update set version = excluded.version;
  return null;
end $$;
