-- A passport is published by somebody else than whoever drafted it.
alter table service_version add column drafted_by text;
