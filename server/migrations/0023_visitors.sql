-- Somebody who signs in at the city's or the state's own server: what that server calls him, and nothing else. Two servers never
-- mean the same person here, whatever address they tell.
create table visitor_account (
  account_id uuid primary key default gen_random_uuid(),
  issuer text not null,
  subject text not null,
  made_at timestamptz not null default now(),
  unique (issuer, subject)
);
create table visitor_session (
  token_hash bytea primary key check (length(token_hash) = 32),
  account_id uuid not null references visitor_account,
  expires_at timestamptz not null
);
create index visitor_session_by_account on visitor_session (account_id);

-- What he booked while he was signed in; forgotten with the contact of the booking.
create table visitor_booking (
  booking_id uuid primary key references booking,
  account_id uuid not null references visitor_account
);
create index visitor_booking_by_account on visitor_booking (account_id);
