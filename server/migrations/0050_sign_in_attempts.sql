-- Attempts at signing in, counted by keyed hashes of who is tried from where: nothing here tells which logins there are, and a password
-- that somebody typed as a login stands nowhere. Each attempt moves the moment on; an attempt is free while the moment is near enough.
-- A row whose moment is past says nothing any more and is deleted.
create table sign_in_attempt (
  mark bytea primary key check (length(mark) = 32),
  free_at timestamptz not null,
  -- When administrators were last told of it.
  told_at timestamptz
);
create index sign_in_attempt_by_moment on sign_in_attempt (free_at);

-- When somebody last had to wait who tried to sign in to this account. The columns failed_count and locked_until are no longer used.
alter table staff_account add column throttled_at timestamptz;
