-- by statements
-- What a command does is its action, as in the log. A node of the version before writes and reads “deed”; the trigger of
-- functions/case_command_has_action.sql keeps both alike. A later release drops “deed” and the trigger.
alter table case_command add column if not exists action text;

-- in batches
update case_command set action = deed
where command_id in (select command_id from case_command where action is null and deed is not null limit 1000);
