import { setTimeout as pause } from 'node:timers/promises';
import type { QueueEvent } from '../../core/queue/events.ts';
import { followHall, type Hall } from '../../core/queue/hall.ts';

/** A board that follows its hall as a browser does: it comes back with the last place it saw, at whichever node is there. */
export interface Board {
  readonly centreId: number;
  /** The hall as the board shows it. */
  shown(): Hall | null;
  close(): void;
}

const AGAIN_MS = 200;

export function openBoard(urls: () => readonly string[], centreId: number): Board {
  let hall: Hall | null = null;
  let lastId: string | null = null;
  let isClosed = false;
  let ending = new AbortController();
  let turn = centreId;

  const take = (frame: string) => {
    const fields = new Map(
      frame.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    const [event, id, data] = [fields.get('event'), fields.get('id'), fields.get('data')];
    if (data === undefined) return;
    if (event === 'hall') hall = JSON.parse(data) as Hall;
    else if (event === 'queue' && hall !== null) hall = followHall(hall, JSON.parse(data) as QueueEvent);
    // What does not follow makes the board read the hall again.
    lastId = hall === null ? null : (id ?? lastId);
    if (hall === null) ending.abort();
  };

  const listen = async () => {
    const nodes = urls();
    turn += 1;
    const url = nodes[turn % Math.max(1, nodes.length)];
    if (url === undefined) return;
    ending = new AbortController();
    const response = await fetch(`${url}/api/centres/${centreId}/live`, {
      headers: lastId === null ? {} : { 'last-event-id': lastId },
      signal: ending.signal,
    });
    if (!response.ok || response.body === null) return;
    let text = '';
    const decoder = new TextDecoder();
    for await (const bytes of response.body) {
      text += decoder.decode(bytes as Uint8Array, { stream: true });
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) take(frame);
    }
  };

  const stay = async () => {
    while (!isClosed) {
      await listen().catch(() => undefined);
      if (!isClosed) await pause(AGAIN_MS);
    }
  };
  void stay();
  return {
    centreId,
    shown: () => hall,
    close: () => {
      isClosed = true;
      ending.abort();
    },
  };
}
