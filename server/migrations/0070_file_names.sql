-- What a file was called often names somebody: it is sealed like everything that does. `name` stays for nodes that are still of the
-- version before, and holds nothing any more. `pages` is how many it has; null: it came before files were looked into.
alter table stored_file add column sealed_name bytea, add column pages smallint;
