import type { ru } from './ru.ts';

export const en: typeof ru = {
  question: 'What have you come for?',
  waiting: (visits) => `Waiting: ${visits}`,
  yourNumber: 'Your number',
  goTo: (windowId) => `Please go to window ${windowId}`,
  lookAtBoard: 'Watch the board: your number will appear there with the window',
  done: 'Done',
  closed: 'No tickets are given at the moment',
};
