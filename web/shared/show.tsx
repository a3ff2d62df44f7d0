import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './tokens.css';
import { LanguageProvider } from './language.tsx';
import { ClockProvider } from './clock.tsx';

/** Shows a screen with what every screen has: a language, the clock, and the ribbon over a clock that is not real. */
export function show(screen: ReactNode): void {
  const place = document.getElementById('screen');
  if (place === null) throw new Error('the page has no place for the screen');
  createRoot(place).render(
    <StrictMode>
      <LanguageProvider>
        <ClockProvider>{screen}</ClockProvider>
      </LanguageProvider>
    </StrictMode>,
  );
}
