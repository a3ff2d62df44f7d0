-- How somebody works at a centre: hours a week by the contract (none: not at windows), which lengths of shift (empty: all), and which
-- service groups (null: all). Without a row the usual holds.
create table employment (
  centre_id integer not null references centre,
  account_id uuid not null references staff_account,
  week_hours smallint not null check (week_hours between 0 and 60),
  shift_hours smallint[] not null check (shift_hours <@ array[4, 6, 8, 12]::smallint[]),
  group_ids text[] check (cardinality(group_ids) > 0),
  primary key (centre_id, account_id)
);
create index employment_by_account on employment (account_id);

-- Days on which somebody does not work, or would rather not. Why is nobody's business here.
create table staff_day (
  account_id uuid not null references staff_account,
  day date not null,
  mark text not null check (mark in ('off', 'rather-not')),
  primary key (account_id, day)
);

-- A week's roster of a centre as it was kept last; whoever keeps it says which version he has seen.
create table roster_week (
  centre_id integer not null references centre,
  monday date not null check (extract(isodow from monday) = 1),
  version integer not null check (version > 0),
  kept_at timestamptz not null,
  kept_by uuid references staff_account,
  primary key (centre_id, monday)
);
create index roster_week_by_person on roster_week (kept_by);

-- Who works when: one shift a day, wherever. Breaks are half hours of the shift, the first being 0.
create table roster_shift (
  account_id uuid not null references staff_account,
  day date not null,
  centre_id integer not null,
  monday date not null check (day between monday and monday + 6),
  starts time not null check (extract(minute from starts) in (0, 30) and extract(second from starts) = 0),
  hours smallint not null check (hours in (4, 6, 8, 12)),
  breaks smallint[] not null,
  constraint roster_shift_one_a_day primary key (account_id, day),
  foreign key (centre_id, monday) references roster_week
);
create index roster_shift_by_week on roster_shift (centre_id, monday);
