-- Who has opened personal data for which purpose: what is reviewed, and counted. The log of actions has the same for ever; this is
-- deleted after a year. Nothing here names the person who was looked at.
create table person_look (
  look_id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor_kind text not null check (actor_kind in ('staff', 'device', 'key', 'program', 'nobody')),
  actor_id text,
  action text not null check (action in ('searched', 'read', 'added', 'changed')),
  purpose text not null check (purpose in ('visit', 'task', 'reason')),
  centre_id integer references centre,
  visit_id uuid,
  application_id uuid references application on delete set null,
  reason text check (length(reason) between 1 and 300),
  -- How many records were opened, and which one where it was one; none where nobody was found.
  persons smallint not null check (persons >= 0),
  person_id uuid references person,
  check ((purpose = 'reason') = (reason is not null))
);
create index person_look_by_actor on person_look (actor_id, at) where actor_id is not null;
create index person_look_by_centre on person_look (centre_id, look_id);
create index person_look_by_visit on person_look (visit_id) where visit_id is not null;
create index person_look_by_application on person_look (application_id) where application_id is not null;
create index person_look_by_person on person_look (person_id) where person_id is not null;

-- Somebody has opened as many persons for a stated reason as one may in an hour, and asks a second person for more.
create table look_release (
  release_id uuid primary key,
  asked_by uuid not null references staff_account,
  centre_id integer not null references centre,
  reason text not null check (length(reason) between 1 and 300),
  asked_at timestamptz not null default clock_timestamp(),
  decided_by uuid references staff_account,
  decided_at timestamptz,
  agreed boolean,
  check (decided_by <> asked_by),
  check ((decided_at is null) = (agreed is null))
);
create index look_release_by_person on look_release (asked_by, asked_at);
create index look_release_by_second on look_release (decided_by) where decided_by is not null;
create index look_release_by_centre on look_release (centre_id, asked_at);
