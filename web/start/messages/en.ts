import type { ru } from './ru.ts';

export const en: typeof ru = {
  title: 'Okno',
  lead: 'The open system of a city’s one-stop service centres',
  centres: (open, all) => `Centres: ${open} of ${all} are receiving today`,
  none: 'There are no centres yet.',
  centre: 'Centre',
  hours: 'Today',
  screens: 'Screens',
  kiosk: 'kiosk',
  board: 'board',
  window: 'window 1',
  closed: 'not receiving',
};
