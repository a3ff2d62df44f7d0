import type { ru } from './ru.ts';

export const en: typeof ru = {
  window: (windowId) => `Window ${windowId}`,
  states: {
    closed: 'The window is closed',
    'not-ready': 'Ready for the next visitor?',
    free: 'Waiting for a visitor, who will be called automatically',
    calling: 'A visitor has been called',
    serving: 'Serving',
    paused: 'Paused',
  },
  open: 'Open the window',
  ready: 'Ready for the next visitor',
  resume: 'Go on receiving',
  start: 'The visitor is here',
  recall: 'Call once more',
  noShow: 'No-show',
  finish: 'Finish',
  pause: 'Pause',
  close: 'Close the window',
  reason: 'Reason of the pause',
  reasons: {
    break: 'break',
    equipment: 'equipment',
    paperwork: 'paperwork',
    training: 'training',
    other: 'other',
    'no-answer': 'the specialist is away',
  },
  waiting: (visits) => `Waiting in the hall: ${visits}`,
  notHere: 'This centre has no such window',
};
