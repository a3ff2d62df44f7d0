-- edition 1
-- Whole milliseconds since 1970, as an instant.
create or replace function instant_of(ms bigint) returns timestamptz language sql immutable parallel safe
  return to_timestamp(ms::double precision / 1000);
