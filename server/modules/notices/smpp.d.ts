/** The part of node-smpp that is used here; the package brings no types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server } from 'node:net';

  interface Pdu {
    readonly command_status: number;
    readonly message_id?: string;
    readonly system_id?: string;
    readonly password?: string;
    readonly esm_class?: number;
    readonly destination_addr?: string;
    readonly short_message?: { readonly message: string | Buffer };
    readonly message_payload?: { readonly message: string | Buffer };
    response(fields?: object): Pdu;
  }

  interface Session extends EventEmitter {
    bind_transceiver(fields: object, then: (pdu: Pdu) => void): boolean;
    submit_sm(fields: object, then: (pdu: Pdu) => void): boolean;
    deliver_sm(fields: object, then?: (pdu: Pdu) => void): boolean;
    send(pdu: Pdu): boolean;
    close(): void;
    destroy(): void;
  }

  const smpp: {
    connect(options: object): Session;
    createServer(listener: (session: Session) => void): Server;
  };
  export default smpp;
  export type { Pdu, Session };
}
