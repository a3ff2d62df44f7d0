-- edition 1
-- A published version is never changed.
create or replace function service_version_is_frozen() returns trigger language plpgsql as $$
begin
  if old.state = 'published' then
    raise exception using errcode = 'check_violation', constraint = 'service_version_is_frozen',
      message = 'a published version is never changed: make a new one';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
