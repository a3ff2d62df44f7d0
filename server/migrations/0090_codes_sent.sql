-- When a code about something went to an address, kept as a keyed hash of it: the same address waits before the next code, another one does
-- not. Rows are of use for a minute and are removed as new ones come.
create table code_sent (
  about text not null,
  address_mark bytea not null,
  sent_at timestamptz not null,
  primary key (about, address_mark)
);
create index code_sent_by_time on code_sent (sent_at);
