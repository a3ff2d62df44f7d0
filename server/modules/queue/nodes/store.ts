import type { Queries } from '../store.ts';

/** A node that lives. */
export interface NodeRow {
  readonly nodeId: string;
  /** Where the other nodes reach it: host and port. */
  readonly address: string;
}

/** Says that this node lives; gives all that do. */
export async function heartbeat(queries: Queries, { nodeId, address }: NodeRow, version: string): Promise<NodeRow[]> {
  const { rows } = await queries.query<{ node_id: string; address: string }>(
    'select node_id, address from node_heartbeat($1, $2, $3)',
    [nodeId, address, version],
  );
  return rows.map((row) => ({ nodeId: row.node_id, address: row.address }));
}

/** Takes the node off the list. */
export async function leave(queries: Queries, nodeId: string): Promise<void> {
  await queries.query('delete from node where node_id = $1', [nodeId]);
}
