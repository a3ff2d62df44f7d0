-- A city's own history: how many came in each half hour of a day, by service group. No ticket, no person.
create table arrival_history (
  centre_id integer not null references centre,
  day date not null,
  group_id text not null check (length(group_id) between 1 and 60),
  half_hour smallint not null check (half_hour between 0 and 47),
  visitors integer not null check (visitors between 1 and 10000),
  primary key (centre_id, day, group_id, half_hour)
);

-- The windows of one day where they differ from the plan of its weekday.
create table day_plan (
  centre_id integer not null references centre,
  day date not null,
  starts time not null check (extract(minute from starts) in (0, 30) and extract(second from starts) = 0),
  windows smallint not null check (windows between 0 and 999),
  primary key (centre_id, day, starts)
);

-- Centres whose head wants the hall to be advised.
create table advice_setting (
  centre_id integer primary key references centre,
  enabled boolean not null,
  changed_at timestamptz not null
);

-- What a hall was advised, and what its people made of it.
create table advice_answer (
  answer_id bigint generated always as identity primary key,
  centre_id integer not null references centre,
  day date not null,
  answered_at timestamptz not null,
  kind text not null check (kind in ('open-windows', 'send-on')),
  windows smallint check (windows between 1 and 999),
  to_centre_id integer references centre,
  waiting integer not null check (waiting >= 0),
  open_windows integer not null check (open_windows >= 0),
  accepted boolean not null,
  reason text check (reason in ('nobody-free', 'will-ease', 'other-work', 'not-so')),
  answered_by uuid references staff_account,
  check (accepted = (reason is null)),
  check ((kind = 'open-windows') = (windows is not null)),
  check ((kind = 'send-on') = (to_centre_id is not null))
);
create index advice_answer_by_day on advice_answer (centre_id, day, answered_at desc);
create index advice_answer_by_person on advice_answer (answered_by);
create index advice_answer_by_target on advice_answer (to_centre_id);
