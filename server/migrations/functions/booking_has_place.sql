-- edition 1
-- No booking that is held, booked or has come is without its place, whatever program wrote it.
create or replace function booking_has_place() returns trigger language plpgsql as $$
begin
  if exists (
    select from booking b where b.booking_id = new.booking_id and b.state in ('held', 'booked', 'came')
      and not exists (
        select from booking_claim c where c.booking_id = b.booking_id
          and case when b.at_home then c.pool like 'unit:home-crew:%' else c.pool = 'windows' end
          and c.centre_id = b.centre_id and c.day = b.day and c.span @> b.span)
  ) then
    raise exception using errcode = 'check_violation', constraint = 'booking_has_place', message = 'a booking has its place in the ledger';
  end if;
  return null;
end $$;
