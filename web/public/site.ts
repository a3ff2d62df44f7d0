import '../shared/tokens.css';
import '../shared/base.css';
import '../shared/components.css';
import './public.css';
import './site.css';
import { leadingZeroBits, workText } from '../../core/booking/work.ts';
import { enableComfort } from './comfort.ts';
import { enablePush } from './push.ts';

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

/** Where so many times were asked for that the server wants a proof of work, it is found before the form goes. */
function enableProving(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-work]')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void prove(form, event.submitter as HTMLButtonElement | null);
    });
  }
}

async function prove(form: HTMLFormElement, pressed: HTMLButtonElement | null): Promise<void> {
  const data = new FormData(form, pressed);
  const bits = Number(form.dataset['work']);
  const challenge = String(data.get('challenge'));
  const encoder = new TextEncoder();
  for (let nonce = 0; ; nonce += 1) {
    const hash = await crypto.subtle.digest('SHA-256', encoder.encode(workText(challenge, nonce)));
    if (leadingZeroBits(new Uint8Array(hash)) < bits) continue;
    data.set('nonce', String(nonce));
    break;
  }
  for (const [name, value] of data) {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = String(value);
    form.querySelector(`input[name="${name}"]`)?.remove();
    form.append(input);
  }
  form.submit();
}

enableComfort();
enablePush();
enableProving();
enableLocating();
