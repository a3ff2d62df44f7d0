-- Others whose consent an application needs: the other spouse, all owners. Each signs what stands there, at a window or at home.
create table application_signature (
  application_id uuid not null references application,
  signer text not null check (signer ~ '^[a-z0-9-]{1,60}$'),
  person_id uuid not null references person,
  way text not null check (way in ('window', 'home')),
  -- What was signed, as a keyed hash; null while there is only an invitation.
  signed bytea,
  signed_at timestamptz,
  -- An invitation to sign at home: a keyed hash of its code, until when it is good, and how often somebody guessed at it.
  code_hash bytea unique,
  good_until timestamptz,
  tries smallint not null default 0,
  primary key (application_id, signer),
  unique (application_id, person_id),
  check ((signed is null) = (signed_at is null)),
  check (signed is not null or code_hash is not null),
  check ((code_hash is null) = (good_until is null))
);
create index application_signature_by_person on application_signature (person_id);

-- Applications begun at home: what was typed there, sealed, found by a keyed hash of its code at any window.
create table home_draft (
  draft_id uuid primary key,
  code_hash bytea not null unique,
  service_id text not null,
  version smallint not null,
  variant text not null,
  sealed bytea not null,
  made_at timestamptz not null,
  good_until timestamptz not null,
  foreign key (service_id, version) references service_version
);
create index home_draft_by_service on home_draft (service_id, version);
create index home_draft_ends on home_draft (good_until);
