-- The seal of a closed day: the root of the Merkle tree over its events (RFC 6962), and the roots of all days of the
-- centre up to it in one. Written once; a node that comes to another root raises an alarm and changes nothing.
create table day_seal (
  centre_id integer not null,
  day date not null,
  size integer not null check (size > 0),
  root bytea not null check (length(root) = 32),
  chain_root bytea not null check (length(chain_root) = 32),
  sealed_at timestamptz not null,
  primary key (centre_id, day)
);
create index day_seal_by_time on day_seal (sealed_at desc);
