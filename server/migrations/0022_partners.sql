-- A portal or another program that books for its visitors: the key it shows, the channel it books through, and how much.
create table partner (
  name text primary key references access_key (name),
  channel text not null check (channel in ('federal', 'partner', 'city', 'call-centre')),
  -- So many bookings a day at most; null: as many as there are places.
  daily_quota integer check (daily_quota >= 0),
  made_at timestamptz not null default now()
);
alter table booking add constraint booking_of_partner foreign key (partner) references partner (name);
create index booking_by_partner on booking (partner, made_at) where partner is not null;
create index booking_of_partner_key on booking (partner);

-- No more than his quota in any twenty-four hours, whatever program counts.
create function booking_within_quota() returns trigger language plpgsql as $$
declare
  quota integer;
begin
  select daily_quota into quota from partner where name = new.partner;
  if quota is null then return new; end if;
  perform pg_advisory_xact_lock(hashtextextended('partner ' || new.partner, 0));
  if (select count(*) from booking where partner = new.partner and made_at > new.made_at - interval '1 day' and state <> 'lapsed') >= quota then
    raise exception using errcode = 'check_violation', constraint = 'partner_quota', message = 'the partner has used up his quota';
  end if;
  return new;
end $$;
create trigger booking_within_quota before insert on booking
  for each row when (new.partner is not null) execute function booking_within_quota();

-- Where a partner is told what becomes of his bookings.
create table webhook (
  webhook_id uuid primary key,
  partner text not null references partner,
  url text not null check (url ~ '^https://'),
  secret bytea not null check (length(secret) = 32),
  enabled boolean not null default true
);
create index webhook_by_partner on webhook (partner);

create table webhook_delivery (
  delivery_id uuid primary key default gen_random_uuid(),
  webhook_id uuid not null references webhook,
  body jsonb not null,
  state text not null check (state in ('waiting', 'sending', 'sent', 'dead')),
  attempts smallint not null default 0,
  next_at timestamptz not null,
  made_at timestamptz not null,
  last_answer text
);
create index webhook_delivery_due on webhook_delivery (next_at) where state in ('waiting', 'sending');
create index webhook_delivery_by_hook on webhook_delivery (webhook_id, state);

-- What happened to a partner's booking is on its way to him in the same transaction.
create function booking_event_to_partner() returns trigger language plpgsql as $$
begin
  insert into webhook_delivery (webhook_id, body, state, next_at, made_at)
  select w.webhook_id, jsonb_build_object('kind', 'booking-' || new.kind, 'bookingId', b.booking_id, 'at', instant_ms(new.at),
      'centreId', b.centre_id, 'time', instant_ms(lower(b.span)), 'state', b.state), 'waiting', new.at, new.at
  from booking b join webhook w on w.partner = b.partner and w.enabled
  where b.booking_id = new.booking_id and b.partner is not null;
  return null;
end $$;
create constraint trigger booking_event_to_partner after insert on booking_event
  deferrable initially deferred for each row execute function booking_event_to_partner();
