-- A snapshot of a running day, so that a node that starts need not fold the whole day again. It can be thrown away at any time:
-- the events are what counts, and a snapshot that was taken by other code (fold) or of other events (chain) is not read.
create table day_snapshot (
  centre_id integer not null references centre,
  day date not null,
  seq integer not null check (seq > 0),
  chain bigint not null,
  -- The code that took it: the hash of the fold's files.
  fold text not null check (fold ~ '^[0-9a-f]{64}$'),
  -- The rules that the day goes by.
  configuration text not null references queue_configuration,
  body text not null,
  primary key (centre_id, day)
);
create index day_snapshot_configuration on day_snapshot (configuration);
