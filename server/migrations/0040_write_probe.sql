-- A row that a node writes when it is asked whether it can do its work: a full disk shows itself here before a visitor meets it.
create table write_probe (
  only_row boolean primary key default true check (only_row),
  written_at timestamptz not null,
  filler bytea not null
);
alter table write_probe alter column filler set storage external;
