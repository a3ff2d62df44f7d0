-- Where a specialist sits: at one window of one centre at a time. Days know only their own windows, so this is the
-- network's to say. Taken before the window is opened, given back when it is closed; a row of a day past counts for nothing.
create table specialist_seat (
  specialist_id text primary key,
  centre_id integer not null,
  day date not null,
  window_id smallint not null
);
create index specialist_seat_by_window on specialist_seat (centre_id, day, window_id);
