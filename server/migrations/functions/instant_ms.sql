-- edition 1
-- An instant as whole milliseconds since 1970. An immutable function around date_part, which is only stable, is called row by row.
-- A stable one is written into the query that uses it, and reading the events of a city's open days takes a third less time.
create or replace function instant_ms(instant timestamptz) returns bigint language sql stable parallel safe
  return round(date_part('epoch', instant) * 1000)::bigint;
