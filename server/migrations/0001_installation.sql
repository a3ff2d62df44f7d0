-- What this database is: one row, written once. A demo or replay database never becomes a real one.
create table installation (
  only_row boolean primary key default true check (only_row),
  clock_kind text not null check (clock_kind in ('real', 'demo', 'replay')),
  home text not null,
  created_at timestamptz not null default now()
);

-- The clock of a demo or replay database. A demo clock shows shown_at + rate * (now - set_at);
-- a replay clock stands at shown_at until it is stepped.
create table shown_clock (
  only_row boolean primary key default true check (only_row),
  set_at timestamptz not null,
  shown_at timestamptz not null,
  rate integer not null default 1 check (rate between 0 and 1000)
);
