import { connect, type Socket } from 'node:net';

const RETRY_MS = 1_000;

/** A line of light over the windows: a network device that shows each line of text it is sent, in UTF-8. */
export interface LedLine {
  show(text: string): void;
  close(): void;
}

/** Keeps the connection; after a break the newest line is shown again. */
export function openLedLine({ host, port }: { readonly host: string; readonly port: number }): LedLine {
  let socket: Socket | null = null;
  let newest: string | null = null;
  let closed = false;
  const open = () => {
    if (closed) return;
    const fresh = connect({ host, port });
    fresh.on('connect', () => {
      socket = fresh;
      if (newest !== null) fresh.write(`${newest}\r\n`);
    });
    fresh.on('error', () => undefined);
    fresh.on('close', () => {
      socket = null;
      setTimeout(open, RETRY_MS).unref();
    });
  };
  open();
  return {
    show: (text) => {
      newest = text;
      socket?.write(`${text}\r\n`);
    },
    close: () => {
      closed = true;
      socket?.destroy();
    },
  };
}
