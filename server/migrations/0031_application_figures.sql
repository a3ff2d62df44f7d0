-- Figures of applications are counted by the days on which they were registered.
create index application_by_registration on application (registered_on) where registered_on is not null;
