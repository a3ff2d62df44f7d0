-- Keys that seal what identifies people. They lie here wrapped; the key that opens them lies outside the database and its backups.
create table data_key (
  key_id smallint primary key check (key_id > 0),
  -- `seal`: for text; `find`: for hashes by which something sealed is found.
  purpose text not null check (purpose in ('seal', 'find')),
  wrapped bytea not null,
  made_at timestamptz not null,
  -- Sealed things are sealed anew with a younger key, then this one goes.
  retired_at timestamptz
);
create unique index data_key_in_use on data_key (purpose) where retired_at is null;

-- A person, once, with the documents of a life. Everything that says who it is is sealed.
create table person (
  person_id uuid primary key,
  sealed bytea not null,
  edition integer not null default 1,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  forgotten_at timestamptz
);

-- By what a person is found: keyed hashes of numbers and of name with birth.
create table person_mark (
  kind text not null check (kind in ('snils', 'inn', 'document', 'name-and-birth', 'phone')),
  hash bytea not null check (length(hash) = 32),
  person_id uuid not null references person on delete cascade,
  primary key (kind, hash, person_id)
);
create index person_mark_by_person on person_mark (person_id);

-- A file: what it is stands here, its sealed bytes stand in the file store under its id.
create table stored_file (
  file_id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  content_type text not null,
  bytes integer not null check (bytes > 0),
  -- `waiting`: nobody can open it until it has been looked at; `infected` never.
  state text not null check (state in ('waiting', 'clean', 'infected')),
  attempts smallint not null default 0,
  next_at timestamptz not null,
  fault text,
  made_at timestamptz not null,
  removed_at timestamptz
);
create index stored_file_to_scan on stored_file (next_at) where state = 'waiting' and removed_at is null;

-- A document of a person as it was scanned: once, whoever asks for it afterwards.
create table scan (
  scan_id uuid primary key,
  person_id uuid not null references person,
  kind text not null check (kind ~ '^[a-z0-9-]{1,60}$'),
  -- Of kind, number and day of issue; null for a document without a number.
  document_hash bytea check (length(document_hash) = 32),
  made_at timestamptz not null
);
create unique index scan_once on scan (person_id, document_hash) where document_hash is not null;
create index scan_by_person on scan (person_id);
create table scan_page (
  scan_id uuid not null references scan on delete cascade,
  place smallint not null check (place between 1 and 200),
  file_id uuid not null unique references stored_file,
  primary key (scan_id, place)
);
