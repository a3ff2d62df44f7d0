import { tidyText } from './written.ts';

/** An e-mail address as it was typed or pasted, without what is not a part of it: spaces, invisible characters, `mailto:`. */
export function tidyEmail(text: string): string {
  return tidyText(text)
    .replace(/^mailto:/i, '')
    .trim();
}

/** True for what can be an address: whether a letter arrives is known only when it was sent. */
export function isEmail(text: string): boolean {
  return /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}$/u.test(text);
}
