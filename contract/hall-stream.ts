import http from 'node:http';
import https from 'node:https';
import type { Hall } from '../core/queue/hall.ts';
import type { QueueEvent } from '../core/queue/events.ts';

/** What a robot hears of its hall. */
export interface HallListener {
  hall(hall: Hall): void;
  event(event: QueueEvent): void;
  /** The stream broke, or was refused; it is asked for again. */
  lost?(): void;
  /** The stream is open; missed events follow. */
  stands?(): void;
}

const RETRY_MS = 1_000;
/** Three heartbeats of the server: a line that was cut says nothing. */
const SILENCE_MS = 45_000;

/** Listens to a centre's live stream until stopped; after a break it goes on where it was. */
export function followStream(url: string, centreId: number, listener: HallListener): () => void {
  let stopped = false;
  let lastId: string | null = null;
  let request: http.ClientRequest | null = null;
  const again = (after = RETRY_MS) => {
    if (stopped) return;
    listener.lost?.();
    setTimeout(connect, after);
  };
  const connect = () => {
    if (stopped) return;
    const headers = lastId === null ? {} : { 'last-event-id': lastId };
    request = (url.startsWith('https:') ? https : http).get(
      `${url}/api/centres/${centreId}/live`,
      { headers, agent: false },
      (response) => {
        if (response.statusCode !== 200) {
          response.resume();
          again(30 * RETRY_MS);
          return;
        }
        listener.stands?.();
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          const messages = (text + chunk).split('\n\n');
          text = messages.pop() ?? '';
          for (const message of messages) lastId = tell(message, listener) ?? lastId;
        });
        response.on('error', () => undefined);
        response.on('close', () => again());
      },
    );
    request.setTimeout(SILENCE_MS, () => request?.destroy());
    request.on('error', () => again());
  };
  connect();
  return () => {
    stopped = true;
    request?.destroy();
  };
}

/** Passes one message on; gives its id. */
function tell(message: string, listener: HallListener): string | null {
  const fields = new Map(
    message.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const data = fields.get('data');
  if (data === undefined) return null;
  if (fields.get('event') === 'hall') listener.hall(JSON.parse(data) as Hall);
  else listener.event(JSON.parse(data) as QueueEvent);
  return fields.get('id') ?? null;
}
