-- A scan as a centre's scanner put it down, until somebody makes it a page of a document or throws it away.
create table arrived_scan (
  file_id uuid primary key references stored_file on delete cascade,
  centre_id integer not null references centre,
  -- At whose window the scanner stands; null: it serves the whole centre.
  window_id smallint check (window_id between 1 and 999),
  -- The agent's own name for it: sent again after a lost answer, it comes in once.
  sent_as uuid not null,
  arrived_at timestamptz not null,
  unique (centre_id, sent_as)
);
create index arrived_scan_by_time on arrived_scan (centre_id, arrived_at);

-- What was sent and became part of nothing is found by its time; what was removed, at once.
create index stored_file_by_time on stored_file (made_at) where removed_at is null;
create index stored_file_removed on stored_file (file_id) where removed_at is not null;
