-- edition 1
-- During an upgrade a node of the version before names the action of a command “deed”. Both columns say the same.
create or replace function case_command_has_action() returns trigger language plpgsql as $$
begin
  new.action := coalesce(new.action, new.deed);
  new.deed := coalesce(new.deed, new.action);
  return new;
end $$;
create or replace trigger case_command_has_action before insert on case_command
  for each row execute function case_command_has_action();
-- What was written after the numbered step and before the trigger.
update case_command set action = deed where action is null;
