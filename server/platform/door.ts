/** How the outside reaches a node. */
export interface Door {
  /** The server's certificate and key (PEM); null where it speaks plain HTTP. */
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
  /** The proxies (CIDR) whose word about the caller's address and protocol is taken; of nobody else it is. */
  readonly behindProxy: readonly string[];
  /** How many connections one address may hold; see CONNECTIONS_PER_ADDRESS. */
  readonly connectionsPerAddress?: number;
}

export const PLAIN_DOOR: Door = { tls: null, behindProxy: [] };
