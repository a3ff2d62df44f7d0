import '../shared/tokens.css';
import './public.css';
import './site.css';
import { enableComfort } from './comfort.ts';

/** A telephone may tell where it is: the district whose centre is nearest is chosen, and the position goes nowhere. */
function enableLocating(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-locate]')) {
    if (!('geolocation' in navigator)) continue;
    button.hidden = false;
    button.addEventListener('click', () => {
      navigator.geolocation.getCurrentPosition(({ coords }) => void chooseNearest(button, coords));
    });
  }
}

interface Placed {
  readonly centreId: number;
  readonly position: { readonly latitude: number; readonly longitude: number } | null;
}

async function chooseNearest(button: HTMLButtonElement, here: GeolocationCoordinates): Promise<void> {
  const answer = await fetch('/api/centres').catch(() => null);
  const centres = (answer?.ok === true ? await answer.json() : []) as readonly Placed[];
  const select = button.form?.elements.namedItem('from');
  if (!(select instanceof HTMLSelectElement)) return;
  const offered = new Set(Array.from(select.options, ({ value }) => value));
  const away = ({ position }: Placed) =>
    position === null
      ? Infinity
      : Math.hypot(position.latitude - here.latitude, (position.longitude - here.longitude) / 2);
  const nearest = centres
    .filter(({ centreId }) => offered.has(String(centreId)))
    .toSorted((a, b) => away(a) - away(b))[0];
  if (nearest === undefined) return;
  select.value = String(nearest.centreId);
  button.form?.requestSubmit();
}

enableComfort();
enableLocating();
