-- edition 1
-- No district is inside itself, by however many levels.
create or replace function district_is_no_loop() returns trigger language plpgsql as $$
begin
  if exists (
    with recursive above as (
      select new.parent_id as id
      union
      select d.parent_id from above join district d on d.district_id = above.id
    )
    select from above where id = new.district_id
  ) then
    raise exception using errcode = 'check_violation', constraint = 'district_is_no_loop', message = 'a district would lie in itself';
  end if;
  return new;
end $$;
