-- A day of the log of actions, sealed: the hash of its entries and of the seal before. Whoever changes or removes an entry afterwards is found out.
create table audit_seal (
  day date primary key,
  entries integer not null check (entries > 0),
  root bytea not null check (length(root) = 32),
  sealed_at timestamptz not null default clock_timestamp()
);
create trigger audit_seal_is_for_ever before update or delete or truncate on audit_seal
  for each statement execute function audit_is_for_ever();
create index audit_entry_by_day on audit_entry (((at at time zone 'UTC')::date), entry_id);
