-- edition 1
-- What happened to an application is only ever added to.
create or replace function application_event_is_for_ever() returns trigger language plpgsql as $$
begin
  raise exception using errcode = 'check_violation', constraint = 'application_event_is_for_ever',
    message = 'what happened to an application is never changed';
end $$;
