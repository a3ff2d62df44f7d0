create extension if not exists btree_gist;

-- A centre where visitors are received.
create table centre (
  centre_id integer primary key check (centre_id > 0),
  code text not null unique check (code ~ '^[a-z0-9-]{1,60}$'),
  kind text not null check (kind in ('district', 'flagship', 'mobile', 'seasonal')),
  name_ru text not null check (name_ru <> ''),
  name_en text not null check (name_en <> ''),
  district_ru text not null,
  district_en text not null,
  time_zone text not null,
  walk_in_limit_minutes smallint not null default 15 check (walk_in_limit_minutes between 1 and 240),
  ready_after_seconds smallint check (ready_after_seconds >= 0)
);

-- When the doors are open: wall-clock times of a weekday (1 = Monday) within a range of dates.
create table centre_hours (
  centre_id integer not null references centre,
  weekday smallint not null check (weekday between 1 and 7),
  valid daterange not null check (not isempty(valid)),
  opens time not null,
  closes time not null,
  primary key (centre_id, weekday, valid),
  check (opens < closes),
  exclude using gist (centre_id with =, weekday with =, valid with &&)
);

-- Services that visitors queue for together, under one letter.
create table service_group (
  centre_id integer not null references centre,
  group_id text not null check (group_id ~ '^[a-z0-9-]{1,40}$'),
  letter text not null check (letter ~ '^[АВГДЕЖИКЛМНПРСТУФХЦШЭЮЯ]$'),
  name_ru text not null check (name_ru <> ''),
  name_en text not null check (name_en <> ''),
  place smallint not null,
  primary key (centre_id, group_id),
  unique (centre_id, letter)
);

-- A window: a place behind which one specialist sits. `window` itself is a reserved word of SQL.
create table centre_window (
  centre_id integer not null references centre,
  window_id smallint not null check (window_id between 1 and 999),
  primary key (centre_id, window_id)
);

create table centre_window_group (
  centre_id integer not null,
  window_id smallint not null,
  group_id text not null,
  primary key (centre_id, window_id, group_id),
  foreign key (centre_id, window_id) references centre_window,
  foreign key (centre_id, group_id) references service_group
);
create index centre_window_group_by_group on centre_window_group (centre_id, group_id);
