-- edition 1
-- Centres that share a hall have one list of windows and of letters. A change that would make a hall whose day cannot begin is refused
-- at once; otherwise every ticket of the next morning would fail. It is checked at the end of the transaction, one hall at a time.
create or replace function hall_can_open() returns trigger language plpgsql as $$
declare
  hall integer;
begin
  select coalesce(c.hall_of, c.centre_id) into hall from centre c where c.centre_id = new.centre_id;
  if hall is null then return null; end if;
  perform pg_advisory_xact_lock(hashtext('hall'), hall);
  if exists (select from centre c join centre h on h.centre_id = c.hall_of where h.hall_of is not null and hall in (c.hall_of, h.hall_of)) then
    raise exception 'a hall is in another hall' using errcode = '23514', constraint = 'hall_is_nobodys_guest';
  end if;
  if exists (
    select from centre c join centre_window w using (centre_id)
    where c.centre_id = hall or c.hall_of = hall
    group by w.window_id having count(*) > 1
  ) then
    raise exception 'two windows of a hall have one number' using errcode = '23505', constraint = 'hall_window_numbers';
  end if;
  if exists (
    select from centre c join service_group g using (centre_id)
    where c.centre_id = hall or c.hall_of = hall
    group by g.letter having count(distinct g.group_id) > 1
  ) then
    raise exception 'two groups of a hall have one letter' using errcode = '23505', constraint = 'hall_group_letters';
  end if;
  return null;
end $$;
