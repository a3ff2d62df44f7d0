-- edition 1
-- A partner hears what happened to its booking: the message is written in the same transaction.
create or replace function booking_event_to_partner() returns trigger language plpgsql as $$
begin
  insert into webhook_delivery (webhook_id, body, state, next_at, made_at)
  select w.webhook_id, jsonb_build_object('kind', 'booking-' || new.kind, 'bookingId', b.booking_id, 'at', instant_ms(new.at),
      'centreId', b.centre_id, 'time', instant_ms(lower(b.span)), 'state', b.state), 'waiting', new.at, new.at
  from booking b join webhook w on w.partner = b.partner and w.enabled
  where b.booking_id = new.booking_id and b.partner is not null;
  return null;
end $$;
