import { act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach } from 'vitest';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

/** A document in which a part of a screen is tried as a person would: it is looked at, pressed and typed into. */
export interface Stage {
  readonly place: HTMLElement;
  readonly show: (part: ReactNode) => Promise<void>;
  /** The first element that a selector finds; throws where there is none. */
  readonly find: <Found extends HTMLElement = HTMLElement>(selector: string) => Found;
  /** The button or link with these words. */
  readonly named: (words: string) => HTMLElement;
  readonly text: () => string;
  readonly press: (element: HTMLElement) => Promise<void>;
  readonly type: (element: HTMLElement, text: string) => Promise<void>;
}

const open = new Set<{ readonly root: Root; readonly place: HTMLElement }>();

afterEach(async () => {
  for (const one of open) {
    await act(async () => one.root.unmount());
    one.place.remove();
  }
  open.clear();
  history.replaceState(null, '', '/');
});

/** A place for one test; it is cleared after it. */
export function stage(): Stage {
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  open.add({ root, place });
  const find = <Found extends HTMLElement>(selector: string) => {
    const found = document.querySelector<Found>(selector);
    if (found === null) throw new Error(`nothing is ${selector} in ${document.body.innerHTML}`);
    return found;
  };
  return {
    place,
    find,
    show: (part) => act(async () => root.render(part)),
    named: (words) => {
      const all = [...document.querySelectorAll<HTMLElement>('button, a')];
      const found = all.find(({ textContent }) => textContent?.trim() === words);
      if (found === undefined) throw new Error(`nothing is called ${words} in ${document.body.innerHTML}`);
      return found;
    },
    text: () => (document.body.textContent ?? '').replaceAll(/\s+/g, ' ').trim(),
    press: (element) => act(async () => element.click()),
    type: (element, text) =>
      act(async () => {
        // React listens to what a person types, not to what a program sets.
        const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value') ?? {};
        set?.call(element, text);
        element.dispatchEvent(new Event('input', { bubbles: true }));
      }),
  };
}
