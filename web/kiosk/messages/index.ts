import type { Catalogue } from '../../shared/language.tsx';
import type { words as ru } from './ru.ts';

/** Every file in this folder is a language of the kiosk: to add one, add a file. Russian and English stand first. */
const files = import.meta.glob<{ readonly words: typeof ru }>(['./*.ts', '!./index.ts'], { eager: true });
const found = Object.entries(files).map(([path, { words }]) => [path.slice(2, -3), words] as const);
const FIRST = ['ru', 'en'];

export const messages = Object.fromEntries(
  found.toSorted(([a], [b]) => place(a) - place(b) || a.localeCompare(b)),
) as Catalogue<typeof ru>;

function place(language: string): number {
  return FIRST.includes(language) ? FIRST.indexOf(language) : FIRST.length;
}
