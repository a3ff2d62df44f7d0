-- Keys of telephones, computers and tokens as a second factor (WebAuthn). The private half never leaves them.
create table staff_passkey (
  credential_id text primary key check (length(credential_id) between 1 and 1400),
  account_id uuid not null references staff_account,
  public_key bytea not null,
  counter bigint not null,
  added_at timestamptz not null default clock_timestamp(),
  used_at timestamptz
);
create index staff_passkey_by_account on staff_passkey (account_id);

-- What the key is asked to sign, once and within minutes.
alter table staff_session
  add column challenge text,
  add column challenge_until timestamptz;
