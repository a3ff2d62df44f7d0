-- Every write that changes what a centre can offer leaves a new version of the centre, whoever writes: a screen, an import, a program.
-- Nodes compare versions every second and bring the ledger of places and what they remember up to date.
create sequence centre_change_version;
create table centre_change (
  -- 0: what holds for all centres
  centre_id integer primary key,
  version bigint not null
);

-- The centres are numbered in their order: two writers that change the same centres wait for each other and never in a circle.
create function note_centre_change() returns trigger language plpgsql as $$
begin
  insert into centre_change (centre_id, version)
  select centre_id, nextval('centre_change_version') from (select distinct centre_id from changed_rows order by centre_id) as c
  on conflict (centre_id) do update set version = excluded.version;
  return null;
end $$;

create function note_network_change() returns trigger language plpgsql as $$
begin
  insert into centre_change (centre_id, version) values (0, nextval('centre_change_version'))
  on conflict (centre_id) do update set version = excluded.version;
  return null;
end $$;

-- Doors that a person closed before their hour, until they are opened again or the day is over.
create table doors_closed_early (
  centre_id integer not null references centre,
  day date not null,
  closed_at timestamptz not null,
  primary key (centre_id, day)
);

do $$
declare
  name text;
begin
  foreach name in array array['centre', 'centre_hours', 'centre_closure', 'mobile_stop', 'centre_window', 'centre_window_group',
    'equipment', 'planned_windows', 'day_plan', 'service_off', 'centre_service', 'service_group', 'booking_setting', 'doors_closed_early']
  loop
    execute format('create trigger notes_added after insert on %I referencing new table as changed_rows
      for each statement execute function note_centre_change()', name);
    execute format('create trigger notes_changed after update on %I referencing new table as changed_rows
      for each statement execute function note_centre_change()', name);
    execute format('create trigger notes_removed after delete on %I referencing old table as changed_rows
      for each statement execute function note_centre_change()', name);
  end loop;
end $$;
create trigger notes_changed after insert or update or delete on booking_rule
  for each statement execute function note_network_change();

-- The version that the ledger of a centre was written from: what was read earlier never overwrites what was read later.
alter table ledger_fill add column version bigint not null default 0;
