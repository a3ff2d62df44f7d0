-- The nodes that serve this database. A node says every second that it lives, by the database's clock; one that has not
-- said so for three seconds is gone. The table is advice: it says to whom a centre's commands go, not who may decide.
create table node (
  node_id uuid primary key,
  address text not null check (address ~ '^[^\s]{3,200}$'),
  version text not null,
  started_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null
);

-- This node lives; gives all that do, itself among them.
create function node_heartbeat(this uuid, this_address text, this_version text)
returns table (node_id uuid, address text) language plpgsql as $$
begin
  insert into node as n (node_id, address, version, seen_at) values (this, this_address, this_version, clock_timestamp())
  on conflict on constraint node_pkey do update set seen_at = excluded.seen_at, address = excluded.address;
  delete from node as n where n.seen_at < clock_timestamp() - interval '1 hour';
  return query select n.node_id, n.address from node as n where n.seen_at > clock_timestamp() - interval '3 seconds';
end $$;
