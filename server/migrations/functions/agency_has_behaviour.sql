-- edition 1
-- During an upgrade a node of the version before names the behaviour of a mock agency “temper”. Both members say the same.
create or replace function agency_has_behaviour() returns trigger language plpgsql as $$
begin
  if new.setting ? 'temper' and not new.setting ? 'behaviour' then
    new.setting := new.setting || jsonb_build_object('behaviour', new.setting->'temper');
  elsif new.setting ? 'behaviour' and not new.setting ? 'temper' then
    new.setting := new.setting || jsonb_build_object('temper', new.setting->'behaviour');
  end if;
  return new;
end $$;
create or replace trigger agency_has_behaviour before insert or update of setting on agency
  for each row execute function agency_has_behaviour();
update agency set setting = setting where setting ? 'temper' and not setting ? 'behaviour';
