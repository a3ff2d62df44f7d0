-- The production calendar, year by year, where it differs from what the program brings: each change is a new version of its year.
create table production_calendar (
  year smallint not null check (year between 1992 and 2200),
  version smallint not null check (version > 0),
  -- Grows with every change of any year: by this it is known which calendar a date rests on.
  serial integer generated always as identity unique,
  act text not null check (act <> ''),
  rest text not null,
  short text not null,
  work text not null,
  decree text not null,
  provisional boolean not null,
  made_at timestamptz not null,
  made_by text,
  primary key (year, version)
);
