import type { ServerResponse } from 'node:http';
import type { Hall } from '../../../core/queue/hall.ts';
import type { HallThing } from '../hall-listener.ts';

/** Passes the one stream that the agent has from the server on to every screen of the hall. */
export interface Repeater extends HallThing {
  /** Makes a stream of a reply: the hall as it is, then what happens. False: nothing is known of the hall now. */
  follow(reply: ServerResponse): boolean;
  close(): void;
}

const HEARTBEAT_MS = 15_000;
const RETRY_MS = 1_000;
const BUFFER_BYTES_MAX = 256 * 1024;

export function openRepeater(): Repeater {
  const screens = new Set<ServerResponse>();
  let hall: Hall | null = null;
  const say = (frame: string) => {
    for (const screen of screens) {
      screen.write(frame);
      if (screen.writableLength > BUFFER_BYTES_MAX) screen.destroy();
    }
  };
  const heartbeat = setInterval(() => say(': still here\n\n'), HEARTBEAT_MS);
  const dropAll = () => {
    for (const screen of screens) screen.destroy();
  };
  return {
    hall: (next, event) => {
      hall = next;
      say(event === null ? frameOf('hall', next) : frameOf('queue', event));
    },
    // A screen must not take an old hall for the present one: without the server its stream ends too.
    lost: () => {
      hall = null;
      dropAll();
    },
    follow: (reply) => {
      if (hall === null) return false;
      reply.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
      reply.write(`retry: ${RETRY_MS}\n\n${frameOf('hall', hall)}`);
      screens.add(reply);
      reply.on('close', () => screens.delete(reply));
      return true;
    },
    close: () => {
      clearInterval(heartbeat);
      dropAll();
    },
  };
}

const frameOf = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
