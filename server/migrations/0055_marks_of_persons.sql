-- by statements
-- In which form the marks are by which a person is found: 2 since names, numbers and telephones have one normal form. Those of form 1
-- stay beside the new ones, and are looked for as well. A node of the version before writes form 1; a job makes the new marks later.
alter table person add column if not exists marks_form smallint not null default 1;
create index concurrently if not exists person_to_mark on person (person_id) where marks_form < 2 and forgotten_at is null;
