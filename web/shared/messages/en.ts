import type { ru } from './ru.ts';

export const en: typeof ru = {
  ribbonDemo: 'Demo: the city, the clock and the visitors are not real',
  ribbonLabel: 'Not the real clock',
  ribbonReplay: 'Replay of a recorded day: the clock is not real',
  brokenTitle: 'This part of the screen could not be shown',
  broken:
    'The fault has been logged. Reload the page. If that does not help, go back and try again. Nothing that was saved is lost.',
  noSuchPlace: {
    centre: (named) => (named === '' ? 'The address names no centre' : `There is no centre “${named}”`),
    window: (named) => (named === '' ? 'The address names no window' : `There is no window “${named}”`),
  },
  lookAtAddress:
    'Check the address of this page: it has the number of a centre and, for a window, the number of the window.',
  reload: 'Reload',
  goBack: 'Back',
  noConnectionSince: (time) => `No connection since ${time}`,
  connecting: 'Connecting…',
  loading: 'Loading…',
  askAgain: 'Try again',
  search: 'Find',
  rows: 'rows',
  remove: 'Remove',
  addRow: 'Add a row',
  save: 'Save all',
  saved: 'Saved.',
  found: (found, all) => (found === all ? `Rows: ${all}` : `${found} of ${all} found`),
  largePrint: 'Large print',
  highContrast: 'High contrast',
  rateQuestion: 'How were you served?',
  marks: ['bad', 'poor', 'fair', 'good', 'very good'],
  unpaired: 'This device is not paired yet. Pair it',
};
