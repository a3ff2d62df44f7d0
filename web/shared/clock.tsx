import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { ClockReply } from '../../contract/platform.ts';
import { call } from './client.ts';
import { useMessages } from './language.tsx';
import { messages } from './messages/index.ts';
import { localeOf } from './locale.ts';

interface ScreenClock {
  /** The server's time now, in milliseconds since 1970; null before the first answer. */
  readonly now: number | null;
  readonly kind: ClockReply['kind'] | null;
}

const Shown = createContext<ScreenClock>({ now: null, kind: null });
const ASK_EVERY_MS = 10_000;
const TICK_MS = 500;

/** Keeps the server's clock on the screen: the machine of a kiosk may think it is any year. */
export function ClockProvider({ children }: { children: ReactNode }) {
  const [clock, setClock] = useState<ScreenClock>({ now: null, kind: null });
  useEffect(() => {
    let told: { reply: ClockReply; at: number } | null = null;
    const ask = () => {
      // Without an answer the clock goes on; the next question comes in ten seconds.
      call('GET /api/clock', {}).then(
        (reply) => (told = { reply, at: performance.now() }),
        () => undefined,
      );
    };
    const tick = () => {
      if (told === null) return;
      const { reply, at } = told;
      setClock({ kind: reply.kind, now: Math.floor(reply.now + reply.rate * (performance.now() - at)) });
    };
    ask();
    const timers = [setInterval(ask, ASK_EVERY_MS), setInterval(tick, TICK_MS)];
    return () => timers.forEach(clearInterval);
  }, []);
  return (
    <Shown value={clock}>
      <Ribbon kind={clock.kind} />
      {children}
    </Shown>
  );
}

export function useClock(): ScreenClock {
  return useContext(Shown);
}

/** Nobody may take a demo for the real thing. */
function Ribbon({ kind }: { kind: ScreenClock['kind'] }) {
  const words = useMessages(messages);
  if (kind === null || kind === 'real') return null;
  return (
    <aside className="ribbon" aria-label={words.ribbonLabel}>
      {kind === 'demo' ? words.ribbonDemo : words.ribbonReplay}
    </aside>
  );
}

/** The time on the wall in a zone, such as 10:40. */
export function wallTime(instant: number, timeZone: string, language: string): string {
  return new Intl.DateTimeFormat(localeOf(language), { hour: '2-digit', minute: '2-digit', timeZone }).format(instant);
}
