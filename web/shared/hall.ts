import { useEffect, useRef, useState } from 'react';
import { followHall, type Hall } from '../../core/queue/hall.ts';
import type { QueueEvent } from '../../core/queue/events.ts';
import { call, CallProblem } from './client.ts';
import { useClock } from './clock.tsx';

/** A hall as it is now; or since when nothing is known of it; or why there is nothing to see. */
export interface LiveHall {
  readonly hall: Hall | null;
  /** When the connection was lost, by the server's clock, or by this machine's where the server has not answered yet; null while connected. */
  readonly lostAt: number | null;
  /** Why the hall cannot be shown: the sentence of the problem. */
  readonly problem: string | null;
}

const ASK_AGAIN_MS = 5_000;

/** Follows a hall live. The browser comes back by itself after a break and names the last place that it saw. */
export function useHall(centreId: number): LiveHall {
  const [live, setLive] = useState<LiveHall>({ hall: null, lostAt: null, problem: null });
  const { now } = useClock();
  const clock = useRef(now);
  useEffect(() => {
    clock.current = now;
  }, [now]);
  useEffect(() => {
    let source: EventSource | null = null;
    let hall: Hall | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (next: Hall) => {
      hall = next;
      setLive({ hall, lostAt: null, problem: null });
    };
    const lost = () => setLive((before) => ({ ...before, lostAt: before.lostAt ?? clock.current ?? Date.now() }));
    const open = () => {
      source?.close();
      source = new EventSource(`/api/centres/${centreId}/live`);
      source.addEventListener('hall', ({ data }: MessageEvent<string>) => show(JSON.parse(data) as Hall));
      source.addEventListener('queue', ({ data }: MessageEvent<string>) => {
        const next = hall === null ? null : followHall(hall, JSON.parse(data) as QueueEvent);
        if (next === null) open();
        else show(next);
      });
      source.addEventListener('open', () => setLive((before) => ({ ...before, lostAt: null })));
      source.addEventListener('error', () => {
        lost();
        if (source?.readyState === EventSource.CLOSED) timer = setTimeout(() => void explain(), ASK_AGAIN_MS / 10);
      });
    };
    // The stream was refused, not broken: the same question as a plain call tells why.
    const explain = async () => {
      const problem = await call('GET /api/centres/:centreId/hall', { params: { centreId } }).then(
        () => null,
        (error: unknown) => (error instanceof CallProblem && error.code !== 'offline' ? error.message : null),
      );
      setLive((before) => ({ ...before, problem }));
      timer = setTimeout(open, problem === null ? 0 : ASK_AGAIN_MS);
    };
    // A browser keeps six connections to a server: a tab that nobody sees gives its own back.
    const seen = () => {
      if (document.visibilityState === 'visible') open();
      else source?.close();
    };
    document.addEventListener('visibilitychange', seen);
    open();
    return () => {
      document.removeEventListener('visibilitychange', seen);
      clearTimeout(timer);
      source?.close();
    };
  }, [centreId]);
  return live;
}
