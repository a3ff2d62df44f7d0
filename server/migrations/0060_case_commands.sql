-- Commands of applications, packages, papers and charges: one that was carried out is not carried out again, and the same id with another
-- body is refused. The body is kept as a keyed hash only.
create table case_command (
  command_id uuid primary key,
  deed text not null,
  body bytea not null,
  -- The id of what was made or changed: a repeated command is answered with it.
  outcome text not null,
  made_at timestamptz not null
);
create index case_command_old on case_command (made_at);

-- The account that sealed a manifest: somebody else signs the receipt.
alter table manifest add column sealed_by text;
