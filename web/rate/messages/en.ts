import type { ru } from './ru.ts';

export const en: typeof ru = {
  window: (windowId) => `Window ${windowId}`,
  welcome: 'Welcome! After your visit you can rate it here.',
  question: (number) => `Ticket ${number}: how were you served?`,
  thanks: 'Thank you! Your rating is saved. You can change it.',
};
