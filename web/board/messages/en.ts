import type { ru } from './ru.ts';

export const en: typeof ru = {
  calls: 'Now calling',
  number: 'Number',
  window: 'Window',
  noCalls: 'Nobody has been called yet',
  windows: 'Windows',
  waiting: (visits) => `Waiting: ${visits}`,
  stopped: 'The hall stands still. The queue is kept and nobody loses his place.',
  seal: (day: string) => `Seal of ${day}:`,
  closedToday: 'The centre is not receiving now',
  states: {
    closed: 'closed',
    'not-ready': 'preparing',
    free: 'free',
    calling: 'calling',
    serving: 'serving',
    paused: 'paused',
  },
  reasons: {
    break: 'break',
    equipment: 'equipment',
    paperwork: 'paperwork',
    training: 'training',
    other: 'paused',
    'no-answer': 'the specialist is away',
  },
};
