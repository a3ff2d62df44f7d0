import '../shared/tokens.css';
import './public.css';
import { enableComfort } from './comfort.ts';

const ASK_EVERY_MS = 10_000;

/** Keeps the figures fresh: the page is drawn anew on the server and takes the place of the old one. */
async function refresh(): Promise<void> {
  if (document.visibilityState !== 'visible' || isAtWork()) return;
  const answer = await fetch(location.href).catch(() => null);
  if (answer === null || !answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
  if (fresh !== null) document.querySelector('main')?.replaceWith(fresh);
}

/** Somebody fills in the form or goes through the tables with the keyboard: nothing is taken from under the hands. */
function isAtWork(): boolean {
  const inMain = document.activeElement?.closest('main') ?? null;
  return inMain !== null;
}

enableComfort();
setInterval(() => void refresh(), ASK_EVERY_MS);
