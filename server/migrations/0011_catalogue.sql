-- Services that visitors queue for together, with one letter in the whole network.
create table catalogue_group (
  group_id text primary key check (group_id ~ '^[a-z0-9-]{1,40}$'),
  letter text not null unique check (letter ~ '^[АВГДЕЖИКЛМНПРСТУФХЦШЭЮЯ]$'),
  name_ru text not null unique check (name_ru <> ''),
  name_en text not null check (name_en <> ''),
  place smallint not null
);

-- A service and its passport, version by version. At most one version is a draft; a published one is frozen for ever.
create table service_passport (
  service_id text primary key check (service_id ~ '^[a-z0-9-]{1,60}$'),
  group_id text not null references catalogue_group
);
create index service_passport_by_group on service_passport (group_id);
create table service_version (
  service_id text not null references service_passport,
  version smallint not null check (version > 0),
  state text not null check (state in ('draft', 'published')),
  valid_from date,
  -- True while the service is given only where a pilot says so.
  pilot_only boolean not null default false,
  body jsonb not null,
  published_at timestamptz,
  published_by text,
  primary key (service_id, version),
  check ((state = 'published') = (published_at is not null)),
  check ((state = 'published') = (valid_from is not null))
);
create unique index service_version_one_draft on service_version (service_id) where state = 'draft';
create function service_version_is_frozen() returns trigger language plpgsql as $$
begin
  if old.state = 'published' then
    raise exception using errcode = 'check_violation', constraint = 'service_version_is_frozen',
      message = 'a published version is never changed: make a new one';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger service_version_is_frozen before update or delete on service_version
  for each row execute function service_version_is_frozen();

-- What is on in some centres first: a service, or a rule of the hall with another value, for some days.
create table pilot (
  pilot_id integer generated always as identity primary key,
  centre_id integer not null references centre,
  service_id text references service_passport,
  rule text check (rule ~ '^[a-zA-Z]{1,40}$'),
  value jsonb,
  days daterange not null check (not isempty(days)),
  check ((service_id is null) <> (rule is null)),
  check ((rule is null) = (value is null)),
  exclude using gist (centre_id with =, coalesce(service_id, rule) with =, days with &&)
);
create index pilot_by_centre on pilot (centre_id);
create index pilot_by_service on pilot (service_id);
