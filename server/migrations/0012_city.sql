-- Whose network this is: one row, written when the installation is set up.
create table city (
  only_row boolean primary key default true check (only_row),
  name_ru text not null check (name_ru <> ''),
  name_en text not null check (name_en <> ''),
  time_zone text not null
);
