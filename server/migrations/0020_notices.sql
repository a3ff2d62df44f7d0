-- A message to a person: what it says is made of a template and of what stands here, which names nobody.
create table notice (
  notice_id uuid primary key,
  kind text not null check (kind ~ '^[a-z][a-z-]{1,39}$'),
  way text not null check (way in ('email', 'sms')),
  language text not null check (language in ('ru', 'en')),
  params jsonb not null,
  -- What it is about, such as `booking 1b4e…`: by this it is found again.
  about text not null,
  state text not null check (state in ('waiting', 'sending', 'sent', 'delivered', 'failed', 'withdrawn', 'late')),
  -- Sent by night too.
  urgent boolean not null,
  next_at timestamptz not null,
  -- After this it would only confuse.
  good_until timestamptz not null,
  attempts smallint not null default 0,
  -- What the carrier calls it.
  reference text,
  fault text,
  made_at timestamptz not null,
  sent_at timestamptz,
  delivered_at timestamptz,
  check (good_until > made_at)
);
create index notice_to_send on notice (next_at) where state in ('waiting', 'sending');
create index notice_too_late on notice (good_until) where state in ('waiting', 'sending');
create index notice_by_about on notice (about);
-- A visitor is called back once.
create unique index notice_near_once on notice (about, way) where kind = 'three-before-you';
create index notice_by_reference on notice (reference) where state = 'sent';

-- Where it goes, and a code that it carries; deleted as soon as it has gone, or will not go.
create table notice_address (
  notice_id uuid primary key references notice,
  address text not null,
  secret text
);
