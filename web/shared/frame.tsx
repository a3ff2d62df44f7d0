import type { ReactNode } from 'react';
import { useClock, wallTime } from './clock.tsx';
import { ComfortButtons } from './comfort.tsx';
import './frame.css';
import { LanguageButtons, useLanguage } from './language.tsx';

interface FrameProps {
  /** What this screen is, in small print over its name. */
  readonly over?: ReactNode;
  readonly title: ReactNode;
  /** Under the name: the people who work here. */
  readonly under?: ReactNode;
  /** The zone of the clock; null: no clock. */
  readonly timeZone: string | null;
  /** The moment that the clock shows; now, when left out. */
  readonly at?: number | null;
  readonly children: ReactNode;
}

/** What the screens of staff have in common: a name, the time on the wall, comfort and languages. */
export function Frame({ over, title, under, timeZone, at = null, children }: FrameProps) {
  const { language } = useLanguage();
  const { now } = useClock();
  const shown = at ?? now;
  return (
    <main className="frame">
      <header>
        <div>
          {over !== undefined && <p className="quiet">{over}</p>}
          <h1>{title}</h1>
          {under !== undefined && <p>{under}</p>}
        </div>
        {timeZone !== null && <p className="wall-clock">{shown === null ? '' : wallTime(shown, timeZone, language)}</p>}
        <ComfortButtons />
        <LanguageButtons />
      </header>
      {children}
    </main>
  );
}
