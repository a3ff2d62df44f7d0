import { useState } from 'react';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';
import { localeOf } from '../shared/locale.ts';

interface TimeMachineProps {
  readonly now: number;
  /** The moment that is shown; null: now. */
  readonly at: number | null;
  readonly timeZone: string;
  readonly change: (at: number | null) => void;
  readonly busy: boolean;
}

const STEP = 5 * 60_000;
const HOURS_BACK = 24;

/** Any past moment: everything on the page is computed from the events up to then. */
export function TimeMachine({ now, at, timeZone, change, busy }: TimeMachineProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [draft, setDraft] = useState<number | null>(null);
  const newest = now - (now % STEP);
  const oldest = newest - HOURS_BACK * 60 * 60_000;
  const shown = draft ?? at ?? newest;
  const text = new Intl.DateTimeFormat(localeOf(language), {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(shown);
  const go = (moment: number) => {
    setDraft(null);
    change(moment >= newest ? null : moment);
  };
  return (
    <section className="time-machine" aria-label={words.timeMachine}>
      <label>
        {words.moment}: <strong>{at === null && draft === null ? words.now : text}</strong>
        <input
          type="range"
          min={Math.min(oldest, shown)}
          max={newest}
          step={STEP}
          value={shown}
          aria-valuetext={text}
          onChange={(event) => setDraft(Number(event.target.value))}
          onPointerUp={() => draft !== null && go(draft)}
          onKeyUp={() => draft !== null && go(draft)}
          onBlur={() => draft !== null && go(draft)}
        />
      </label>
      <button type="button" onClick={() => go(shown - 30 * 60_000)}>
        −30 {words.min}
      </button>
      <button type="button" onClick={() => go(shown - 24 * 60 * 60_000)}>
        −1 {words.day}
      </button>
      <button type="button" disabled={at === null} onClick={() => go(now)}>
        {words.now}
      </button>
      <span role="status">{busy && at !== null ? words.computing : ''}</span>
    </section>
  );
}
