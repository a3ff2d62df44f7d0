import type { ru } from './ru.ts';

export const en: typeof ru = {
  title: 'A drink for a long wait',
  open: (count) => (count === 0 ? 'Nobody is owed a drink now' : `Owed a drink: ${count}`),
  had: (count) => `Given already: ${count}`,
  drinks: { tea: 'Tea', coffee: 'Coffee', cocoa: 'Cocoa' },
};
