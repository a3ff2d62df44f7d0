-- Keys of devices and of staff: what a request shows to be allowed more than to look. Only a hash is kept.
create table access_key (
  key_hash bytea primary key check (length(key_hash) = 32),
  name text not null unique check (length(name) between 1 and 100),
  role text not null,
  centre_id integer references centre,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index access_key_by_centre on access_key (centre_id);
