-- Who did what beside the queue's own log: one row with every write, in its transaction. Rows are only ever added.
create table audit_entry (
  entry_id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor_kind text not null check (actor_kind in ('staff', 'device', 'key', 'program', 'nobody')),
  actor_id text,
  action text not null check (action ~ '^[a-z][a-z-]*$'),
  object text not null,
  details jsonb not null default '{}'
);
create index audit_entry_by_object on audit_entry (object, entry_id);
create function audit_is_for_ever() returns trigger language plpgsql as $$
begin
  raise exception 'an audit entry is never changed or removed';
end $$;
create trigger audit_is_for_ever before update or delete or truncate on audit_entry
  for each statement execute function audit_is_for_ever();

-- What somebody may do, as rows: a role has rights of its own and those of the roles that it includes.
create table role (
  role_id text primary key check (role_id ~ '^[a-z][a-z-]{0,39}$'),
  name_ru text not null check (name_ru <> ''),
  name_en text not null check (name_en <> ''),
  rights text[] not null,
  second_factor boolean not null,
  two_people boolean not null,
  -- True as long as it is the role that the program brings; a person who changes it takes it over.
  seeded boolean not null
);
create table role_include (
  role_id text not null references role on delete cascade,
  included_id text not null references role,
  primary key (role_id, included_id),
  check (role_id <> included_id)
);
create index role_include_by_included on role_include (included_id);

-- Somebody who works here. The specialist's key is what the queue's log knows of him.
create table staff_account (
  account_id uuid primary key,
  login text not null check (login ~ '^[a-z0-9][a-z0-9._-]{1,59}$'),
  name text not null check (length(name) between 1 and 200),
  specialist_id text not null unique check (specialist_id ~ '^[A-Za-z0-9-]{1,64}$'),
  scope_kind text not null check (scope_kind in ('network', 'district', 'centre', 'agency')),
  scope_id text,
  password_hash text,
  failed_count smallint not null default 0,
  locked_until timestamptz,
  totp_secret text,
  totp_step bigint,
  disabled_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  check ((scope_kind = 'network') = (scope_id is null))
);
create unique index staff_account_by_login on staff_account (login);

-- A code with which somebody chooses his password, once; given on paper or by word.
create table staff_invitation (
  account_id uuid primary key references staff_account,
  code_hash bytea not null check (length(code_hash) = 32),
  tries_left smallint not null,
  expires_at timestamptz not null
);

-- Codes for the day on which the telephone is lost; each is good once.
create table staff_recovery_code (
  account_id uuid not null references staff_account,
  code_hash bytea not null check (length(code_hash) = 32),
  primary key (account_id, code_hash)
);

create table staff_session (
  session_hash bytea primary key check (length(session_hash) = 32),
  account_id uuid not null references staff_account,
  began_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  second_factor_at timestamptz
);
create index staff_session_by_account on staff_session (account_id);

-- A role at a place. Nobody gives one to himself; a role for which two people are needed counts once a second has agreed.
create table role_grant (
  grant_id uuid primary key,
  account_id uuid not null references staff_account,
  role_id text not null references role,
  scope_kind text not null check (scope_kind in ('network', 'district', 'centre', 'agency')),
  scope_id text,
  granted_by uuid references staff_account,
  granted_at timestamptz not null default clock_timestamp(),
  needs_second boolean not null,
  confirmed_by uuid references staff_account,
  confirmed_at timestamptz,
  revoked_at timestamptz,
  check ((scope_kind = 'network') = (scope_id is null)),
  check (granted_by <> account_id),
  check (confirmed_by <> account_id and confirmed_by <> granted_by),
  check ((confirmed_by is null) = (confirmed_at is null))
);
create unique index role_grant_once on role_grant (account_id, role_id, scope_kind, coalesce(scope_id, ''))
  where revoked_at is null;
create index role_grant_by_role on role_grant (role_id);
create index role_grant_by_grantor on role_grant (granted_by);
create index role_grant_by_second on role_grant (confirmed_by);
create index role_grant_by_account on role_grant (account_id);
