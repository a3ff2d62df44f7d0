-- Backups that were taken, or could not be.
create table backup_run (
  run_id bigint generated always as identity primary key,
  began_at timestamptz not null,
  ended_at timestamptz,
  path text not null,
  bytes bigint,
  fault text,
  check (ended_at is not null or (bytes is null and fault is null))
);
create index backup_run_by_end on backup_run (ended_at desc);
