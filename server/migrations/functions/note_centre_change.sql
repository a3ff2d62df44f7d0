-- edition 1
-- Gives the changed centres a new version, in their order, so that two writers that change the same centres never wait in a circle.
create or replace function note_centre_change() returns trigger language plpgsql as $$
begin
  insert into centre_change (centre_id, version)
  select centre_id, nextval('centre_change_version') from (select distinct centre_id from changed_rows order by centre_id) as c
  on conflict (centre_id) do update set version = excluded.version;
  return null;
end $$;
