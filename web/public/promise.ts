import '../shared/tokens.css';
import '../shared/base.css';
import '../shared/components.css';
import './public.css';
import { enableComfort } from './comfort.ts';

const ASK_EVERY_MS = 10_000;

/** Keeps the figures fresh: the page is drawn again on the server and replaces the old one. */
async function refresh(): Promise<void> {
  if (document.visibilityState !== 'visible' || isAtWork()) return;
  const answer = await fetch(location.href).catch(() => null);
  if (answer === null || !answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
  if (fresh !== null) document.querySelector('main')?.replaceWith(fresh);
}

/** True while a visitor fills in the form or goes through the tables with the keyboard: then nothing is replaced. */
function isAtWork(): boolean {
  const inMain = document.activeElement?.closest('main') ?? null;
  return inMain !== null;
}

enableComfort();
setInterval(() => void refresh(), ASK_EVERY_MS);
