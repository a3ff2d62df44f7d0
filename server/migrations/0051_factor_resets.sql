-- Somebody has lost a second factor, and a role of theirs takes two people: one has asked for it to be dropped, another has yet to agree.
create table factor_reset (
  account_id uuid primary key references staff_account,
  asked_by uuid not null references staff_account,
  asked_at timestamptz not null default clock_timestamp(),
  check (asked_by <> account_id)
);
create index factor_reset_by_person on factor_reset (asked_by);
