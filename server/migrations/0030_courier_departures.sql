-- When couriers leave a centre for an agency, by the clock on its wall. Papers that are sealed later go with the next one.
create table courier_departure (
  centre_id integer not null references centre,
  agency_id text not null references agency,
  weekday smallint not null check (weekday between 1 and 7),
  leaves_at text not null check (leaves_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  primary key (centre_id, agency_id, weekday, leaves_at)
);
create index courier_departure_by_agency on courier_departure (agency_id);
