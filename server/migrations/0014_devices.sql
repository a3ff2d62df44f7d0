-- A kiosk, board, window or agent of a centre. What it shows is bound to its own key pair: the token alone is worth nothing.
create table device (
  device_id uuid primary key,
  kind text not null check (kind in ('kiosk', 'board', 'window', 'agent')),
  name text not null check (length(name) between 1 and 100),
  centre_id integer not null references centre,
  window_id smallint,
  thumbprint text not null unique,
  token_hash bytea unique check (length(token_hash) = 32),
  paired_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz,
  revoked_at timestamptz,
  foreign key (centre_id, window_id) references centre_window
);
create index device_by_centre on device (centre_id, window_id);

-- A device that asks to be let in: it shows a code, and a person who knows it confirms.
create table device_pairing (
  pairing_hash bytea primary key check (length(pairing_hash) = 32),
  code_hash bytea not null unique check (length(code_hash) = 32),
  kind text not null check (kind in ('kiosk', 'board', 'window', 'agent')),
  thumbprint text not null,
  asked_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  device_id uuid references device
);
create index device_pairing_by_device on device_pairing (device_id);
