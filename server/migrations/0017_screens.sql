-- What calls for a person in a hall: a visitor, a specialist, a device, a norm that is not kept. Open once for each place.
create table alert (
  alert_id bigint generated always as identity primary key,
  centre_id integer not null references centre,
  kind text not null check (kind ~ '^[a-z][a-z-]{1,39}$'),
  place text not null check (place ~ '^[a-z0-9-]{1,40}$'),
  value integer,
  raised_at timestamptz not null,
  seen_at timestamptz,
  seen_by uuid references staff_account,
  cleared_at timestamptz,
  cleared_by uuid references staff_account,
  check (cleared_at is not null or cleared_by is null),
  check (seen_at is not null or seen_by is null)
);
create unique index alert_open on alert (centre_id, kind, place) where cleared_at is null;
create index alert_by_centre on alert (centre_id, raised_at desc);
create index alert_by_seen_by on alert (seen_by);
create index alert_by_cleared_by on alert (cleared_by);

-- What a visitor thought of a visit: one mark, which may be changed for a day.
create table rating (
  centre_id integer not null references centre,
  day date not null,
  visit_id uuid not null,
  mark smallint not null check (mark between 1 and 5),
  given_at text not null check (given_at in ('own-page', 'kiosk', 'tablet')),
  rated_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (day, centre_id, visit_id),
  check (rated_at <= changed_at)
);
create index rating_by_centre on rating (centre_id);

-- How the kiosks, boards and windows of a centre are set (contract/screens.ts), and what opens the kiosk's way out.
create table screen_setting (
  centre_id integer primary key references centre,
  settings jsonb check (jsonb_typeof(settings) = 'object'),
  staff_code_salt bytea,
  staff_code_hash bytea,
  check ((staff_code_salt is null) = (staff_code_hash is null))
);

-- Pictures, films and pages that boards show between calls.
create table board_medium (
  medium_id integer generated always as identity primary key,
  centre_id integer not null references centre,
  name text not null check (length(name) between 1 and 200),
  type text not null check (type in
    ('image/png', 'image/jpeg', 'image/webp', 'image/svg+xml', 'video/mp4', 'video/webm', 'text/html')),
  seconds smallint not null check (seconds between 3 and 600),
  body bytea not null check (octet_length(body) between 1 and 20971520),
  added_at timestamptz not null default clock_timestamp()
);
create index board_medium_by_centre on board_medium (centre_id, medium_id);

-- What a drink of the promise costs from a day on.
create table drink_price (
  drink text not null check (drink in ('tea', 'coffee', 'cocoa')),
  from_day date not null,
  kopecks integer not null check (kopecks >= 0),
  primary key (drink, from_day)
);

-- Drinks that were had, for the figures: written with the event that says so, in the same transaction.
create table drink_given (
  centre_id integer not null,
  day date not null,
  visit_id uuid not null,
  drink text not null,
  primary key (day, centre_id, visit_id)
);
create function drink_given_from_event() returns trigger language plpgsql as $$
begin
  insert into drink_given (centre_id, day, visit_id, drink)
  values (new.centre_id, new.day, (new.body->>'visitId')::uuid, new.body->>'drink')
  on conflict do nothing;
  return null;
end $$;
create trigger drink_given after insert on queue_event
  for each row when (new.kind = 'voucher-redeemed') execute function drink_given_from_event();
insert into drink_given (centre_id, day, visit_id, drink)
select centre_id, day, (body->>'visitId')::uuid, body->>'drink' from queue_event where kind = 'voucher-redeemed';

-- A tablet at a window, for the rating.
alter table device drop constraint device_kind_check;
alter table device add constraint device_kind_check check (kind in ('kiosk', 'board', 'window', 'tablet', 'agent'));
alter table device_pairing drop constraint device_pairing_kind_check;
alter table device_pairing add constraint device_pairing_kind_check check (kind in ('kiosk', 'board', 'window', 'tablet', 'agent'));
