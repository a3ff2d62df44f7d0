-- A service for which nobody is given a ticket: it is booked.
alter table centre_service add column booking_only boolean not null default false;

-- How a centre takes bookings, where it differs from the usual.
create table booking_setting (
  centre_id integer primary key references centre,
  body jsonb not null,
  changed_at timestamptz not null
);

-- How a service takes a place, where it differs from its minutes at the window.
create table booking_rule (
  service_id text primary key check (service_id ~ '^[a-z0-9-]{1,60}$'),
  more_minutes smallint not null check (more_minutes between 0 and 240),
  buffer_minutes smallint not null check (buffer_minutes between 0 and 240),
  resources text[] not null,
  -- True for a service that is booked as a visit to somebody's home.
  at_home boolean not null default false
);

-- True when nothing is taken beyond its places.
create function ledger_holds(taken smallint[], places smallint[]) returns boolean language sql immutable as $$
  select cardinality(taken) = cardinality(places)
    and not exists (select from unnest(taken, places) as cell(t, p) where t > p or t < 0)
$$;

-- The ledger: the places of a centre's day, pool by pool, in cells of five minutes from `begins`, or for the day as a whole.
-- `offered` is what staff and means allow now; `places` what may be taken: as much, but never less than is taken already.
create table ledger_pool (
  centre_id integer not null references centre,
  day date not null,
  pool text not null check (pool ~ '^(windows|(group|service|channel):[a-z0-9-]{1,60}|unit:[a-z0-9-]{1,60}:[0-9]{1,3})$'),
  begins timestamptz not null,
  whole_day boolean not null,
  offered smallint[] not null,
  places smallint[] not null,
  taken smallint[] not null,
  -- The transaction that changed it last: by this a node finds what it has not seen.
  changed_by xid8 not null default pg_current_xact_id(),
  primary key (centre_id, day, pool),
  constraint ledger_holds check (ledger_holds(taken, places) and cardinality(offered) = cardinality(places)),
  check (not whole_day or cardinality(places) = 1)
);
create index ledger_pool_by_change on ledger_pool (changed_by);

-- What changed since a transaction, by the index whatever the statistics say: every search begins with this question.
create function ledger_since(a_from date, a_mark xid8) returns setof ledger_pool language plpgsql stable
set enable_seqscan = off set enable_bitmapscan = off as $$
begin
  return query select * from ledger_pool where changed_by >= a_mark and day >= a_from;
end $$;

-- Up to which day the ledger of a centre is written, and from what: while that is the same, only new days are added.
create table ledger_fill (
  centre_id integer primary key references centre,
  fingerprint bytea not null check (length(fingerprint) = 32),
  through date not null
);

create table booking (
  booking_id uuid primary key,
  -- What the visitor says or types; without letters that are mistaken for others.
  code text not null unique check (code ~ '^[23456789ABCDEFGHJKMNPQRSTUVWXYZ]{8}$'),
  centre_id integer not null references centre,
  day date not null,
  -- The time at the window.
  span tstzrange not null check (not isempty(span) and lower_inc(span) and not upper_inc(span)),
  state text not null check (state in ('held', 'booked', 'came', 'served', 'missed', 'cancelled', 'lapsed')),
  channel text not null check (channel in ('city', 'federal', 'call-centre', 'kiosk', 'partner', 'reception')),
  -- The key of the partner's program that made it.
  partner text,
  persons smallint not null check (persons between 1 and 8),
  language text not null check (language ~ '^[a-z]{2}$'),
  class_letter text not null check (class_letter ~ '^[A-Z]$'),
  made_at timestamptz not null,
  held_until timestamptz,
  -- When the place of a booking that was cancelled or has lapsed comes free.
  frees_at timestamptz,
  visit_id uuid,
  -- True for a visit to somebody's home: no window is taken, and nobody lines up.
  at_home boolean not null default false,
  check ((state = 'held') = (held_until is not null)),
  check (visit_id is null or state in ('came', 'served')),
  check (at_home or visit_id is not null or state not in ('came', 'served'))
);
create index booking_by_day on booking (centre_id, day);
create index booking_held on booking (held_until) where state = 'held';
create index booking_to_free on booking (frees_at) where frees_at is not null;
create index booking_waited_for on booking (day) where state in ('booked', 'came');

create table booking_service (
  booking_id uuid not null references booking,
  place smallint not null check (place between 1 and 5),
  service_id text not null,
  quantity smallint not null check (quantity between 1 and 50),
  primary key (booking_id, place)
);

-- What a booking takes. A claim is made and given back, never changed; the counters of the ledger follow by themselves.
create table booking_claim (
  booking_id uuid not null references booking,
  centre_id integer not null,
  day date not null,
  pool text not null,
  span tstzrange not null check (not isempty(span)),
  cells smallint not null check (cells > 0),
  primary key (booking_id, pool),
  foreign key (centre_id, day, pool) references ledger_pool,
  -- Of a thing of which there is one, nobody has it while another does.
  constraint unit_is_free exclude using gist (centre_id with =, pool with =, span with &&) where (pool like 'unit:%')
);
create index booking_claim_by_pool on booking_claim (centre_id, day, pool);

create function ledger_add(counts smallint[], first integer, cells integer, step integer) returns smallint[]
language plpgsql immutable as $$
begin
  for cell in first .. first + cells - 1 loop
    counts[cell] := counts[cell] + step;
  end loop;
  return counts;
end $$;

create function ledger_most(a smallint[], b smallint[]) returns smallint[] language sql immutable as $$
  select array_agg(greatest(x, y) order by n) from unnest(a, b) with ordinality as cell(x, y, n)
$$;

create function booking_claim_counts() returns trigger language plpgsql as $$
declare
  claim booking_claim;
  step integer := 1;
  p ledger_pool;
  first integer;
begin
  if tg_op = 'UPDATE' then
    raise exception using errcode = 'check_violation', constraint = 'claim_is_not_changed', message = 'a claim is given back, not changed';
  end if;
  if tg_op = 'INSERT' then claim := new; else claim := old; step := -1; end if;
  select * into strict p from ledger_pool
    where centre_id = claim.centre_id and day = claim.day and pool = claim.pool for no key update;
  if p.whole_day then
    p.taken[1] := p.taken[1] + step * claim.cells;
  else
    first := round(extract(epoch from lower(claim.span) - p.begins) / 300)::integer + 1;
    if first < 1 or first + claim.cells - 1 > cardinality(p.taken) then
      raise exception using errcode = 'check_violation', constraint = 'claim_in_day', message = 'the claim is outside the day';
    end if;
    p.taken := ledger_add(p.taken, first, claim.cells, step);
  end if;
  update ledger_pool set
    taken = p.taken,
    -- What is given back beyond what is offered now is nobody's.
    places = case when step < 0 then ledger_most(offered, p.taken) else places end,
    changed_by = pg_current_xact_id()
  where centre_id = claim.centre_id and day = claim.day and pool = claim.pool;
  return null;
end $$;
create trigger booking_claim_counts after insert or update or delete on booking_claim
  for each row execute function booking_claim_counts();

-- No booking that is to come, or has come, without its place: whatever program wrote it.
create function booking_has_place() returns trigger language plpgsql as $$
begin
  if exists (
    select from booking b where b.booking_id = new.booking_id and b.state in ('held', 'booked', 'came')
      and not exists (
        select from booking_claim c where c.booking_id = b.booking_id
          and case when b.at_home then c.pool like 'unit:home-crew:%' else c.pool = 'windows' end
          and c.centre_id = b.centre_id and c.day = b.day and c.span @> b.span)
  ) then
    raise exception using errcode = 'check_violation', constraint = 'booking_has_place', message = 'a booking has its place in the ledger';
  end if;
  return null;
end $$;
create constraint trigger booking_has_place after insert or update on booking
  deferrable initially deferred for each row execute function booking_has_place();

-- Writes what a day offers now. What is taken is counted anew from the claims, so that the cells may begin elsewhere.
-- Gives true when anything changed.
create function ledger_offer(a_centre integer, a_day date, a_pool text, a_begins timestamptz, a_whole boolean, a_offered smallint[])
returns boolean language plpgsql as $$
declare
  old ledger_pool;
  starts timestamptz := a_begins;
  cells integer := cardinality(a_offered);
  now_offered smallint[] := a_offered;
  now_taken smallint[];
  before integer;
  past timestamptz;
begin
  select * into old from ledger_pool where centre_id = a_centre and day = a_day and pool = a_pool for no key update;
  if found and old.begins = a_begins and old.offered = a_offered then return false; end if;
  if not found then
    insert into ledger_pool (centre_id, day, pool, begins, whole_day, offered, places, taken)
    values (a_centre, a_day, a_pool, a_begins, a_whole, a_offered, a_offered, array_fill(0::smallint, array[cells]))
    on conflict do nothing;
    return true;
  end if;
  if a_whole then
    select array[coalesce(sum(c.cells), 0)::smallint] into now_taken from booking_claim c
      where c.centre_id = a_centre and c.day = a_day and c.pool = a_pool;
  else
    -- A booking outside the new hours keeps its cells, with nothing offered in them.
    select least(a_begins, min(lower(c.span))), max(upper(c.span)) into starts, past from booking_claim c
      where c.centre_id = a_centre and c.day = a_day;
    before := round(extract(epoch from a_begins - starts) / 300);
    cells := greatest(before + cells, coalesce(ceil(extract(epoch from past - starts) / 300)::integer, 0));
    now_offered := array_fill(0::smallint, array[before]) || a_offered;
    now_offered := now_offered || array_fill(0::smallint, array[cells - cardinality(now_offered)]);
    now_taken := array_fill(0::smallint, array[cells]);
    declare claim record;
    begin
      for claim in select c.span, c.cells from booking_claim c
        where c.centre_id = a_centre and c.day = a_day and c.pool = a_pool loop
        now_taken := ledger_add(now_taken, round(extract(epoch from lower(claim.span) - starts) / 300)::integer + 1, claim.cells, 1);
      end loop;
    end;
  end if;
  if old.begins = starts and old.offered = now_offered then return false; end if;
  update ledger_pool set begins = starts, offered = now_offered, places = ledger_most(now_offered, now_taken),
    taken = now_taken, changed_by = pg_current_xact_id()
  where centre_id = a_centre and day = a_day and pool = a_pool;
  return true;
end $$;

-- How to reach who booked. Deleted some days after the day; the key of a contact too, by which one person's bookings are counted.
create table booking_person (
  booking_id uuid primary key references booking,
  email text check (length(email) between 3 and 254),
  phone text check (phone ~ '^\+[0-9]{7,15}$'),
  address text check (length(address) <= 300),
  latitude numeric(8, 6) check (latitude between -90 and 90),
  longitude numeric(9, 6) check (longitude between -180 and 180),
  check ((latitude is null) = (longitude is null)),
  check (email is not null or phone is not null or address is not null)
);
create table booking_contact (
  booking_id uuid not null references booking,
  contact_key bytea not null check (length(contact_key) = 32),
  span tstzrange not null,
  live boolean not null,
  primary key (booking_id, contact_key),
  -- Nobody is at two windows at a time.
  constraint contact_is_free exclude using gist (contact_key with =, span with &&) where (live)
);
create index booking_contact_live on booking_contact (contact_key) where live;

-- The code that was sent to a contact; only its hash is kept.
create table booking_proof (
  booking_id uuid primary key references booking,
  email text,
  phone text,
  code_hash bytea not null check (length(code_hash) = 32),
  tries smallint not null default 0 check (tries between 0 and 5),
  expires_at timestamptz not null,
  check ((email is null) <> (phone is null))
);

-- What happened to a booking. No name, no contact; rows are only added.
create table booking_event (
  booking_id uuid not null references booking,
  seq integer not null check (seq > 0),
  at timestamptz not null,
  kind text not null check (kind ~ '^[a-z][a-z-]{1,39}$'),
  actor_kind text not null,
  actor_id text,
  details jsonb not null default '{}',
  primary key (booking_id, seq)
);
create index booking_event_by_time on booking_event (at);
