import type { ru } from './ru.ts';

export const en: typeof ru = {
  calls: 'Now calling',
  number: 'number',
  window: 'window',
  noCalls: 'Nobody is being called now',
  windows: 'Windows',
  zone: (name) => (name.length <= 2 ? `Zone ${name}` : name),
  note: 'Listen and look: number and window',
  waiting: 'Waiting',
  lineHelp: 'See your number here? You will be called',
  nobodyWaits: 'Nobody is waiting. Take a ticket and you will be called at once',
  andLater: (count) => `and ${count} more who came later`,
  calledAgo: (minutes) => `called ${minutes} min ago`,
  lost: (time) => `No connection since ${time}. Staff call the numbers by voice; the queue is kept`,
  toWindow: (windowId) => `window ${windowId}`,
  soundOn: 'Turn the sound on',
  media: 'News of the centre',
  page: (page, pages) => `${page} of ${pages}`,
  stopped: 'Service is suspended. The queue is kept and nobody loses their place.',
  seal: (day: string) => `Seal of ${day}:`,
  closedToday: 'The centre is not receiving now',
};
