import type { Write } from '../../../platform/handles.ts';

/** A node that lives. */
export interface NodeRow {
  readonly nodeId: string;
  /** Where the other nodes reach it: host and port. */
  readonly address: string;
}

/** Says that this node lives; gives all that do. */
export async function heartbeat(tx: Write, { nodeId, address }: NodeRow, version: string): Promise<NodeRow[]> {
  const { rows } = await tx.query<{ node_id: string; address: string }>(
    'select node_id, address from node_heartbeat($1, $2, $3)',
    [nodeId, address, version],
  );
  return rows.map((row) => ({ nodeId: row.node_id, address: row.address }));
}

/** Takes the node off the list. */
export async function leave(tx: Write, nodeId: string): Promise<void> {
  await tx.query('delete from node where node_id = $1', [nodeId]);
}
