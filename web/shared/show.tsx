import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './tokens.css';
import './base.css';
import './components.css';
import { ClockProvider } from './clock.tsx';
import { ComfortProvider, type Theme } from './comfort.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { LanguageProvider, type Whose } from './language.tsx';
import { reportUnseenFaults } from './screen-fault.ts';
import { keepShell } from './shell.ts';

/**
 * Shows a screen with what every screen has: a language, a theme, the clock, and the ribbon over a clock that is not real.
 * `usual`: the theme of the screen while nobody asks for another. `whose`: of one person, or of everybody in a hall.
 */
export function show(screen: ReactNode, usual: Theme = 'light', whose: Whose = 'own'): void {
  const place = document.getElementById('screen');
  if (place === null) throw new Error('the page has no place for the screen');
  keepShell();
  reportUnseenFaults();
  createRoot(place).render(
    <StrictMode>
      <LanguageProvider whose={whose}>
        <ComfortProvider usual={usual}>
          <ClockProvider>
            <ErrorBoundary>{screen}</ErrorBoundary>
          </ClockProvider>
        </ComfortProvider>
      </LanguageProvider>
    </StrictMode>,
  );
}
