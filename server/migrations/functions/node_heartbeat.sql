-- edition 1
-- Notes that this node is alive, and gives all nodes that are, this one among them.
create or replace function node_heartbeat(this uuid, this_address text, this_version text)
returns table (node_id uuid, address text) language plpgsql as $$
begin
  insert into node as n (node_id, address, version, seen_at) values (this, this_address, this_version, clock_timestamp())
  on conflict on constraint node_pkey do update set seen_at = excluded.seen_at, address = excluded.address;
  delete from node as n where n.seen_at < clock_timestamp() - interval '1 hour';
  return query select n.node_id, n.address from node as n where n.seen_at > clock_timestamp() - interval '3 seconds';
end $$;
