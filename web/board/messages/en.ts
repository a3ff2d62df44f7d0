import { longWaitInWords, SPAN_UNITS } from '../../../core/time/span-in-words.ts';
import type { ru } from './ru.ts';

export const en: typeof ru = {
  calls: 'Now calling',
  number: 'Number',
  window: 'Window',
  noCalls: 'Nobody is being called now',
  windows: 'Windows',
  waiting: (visits) => `Waiting: ${visits}`,
  lastCalls: 'Called recently',
  toWindow: (windowId) => `window ${windowId}`,
  soundOn: 'Turn the sound on',
  media: 'News of the centre',
  noWindows: 'All windows are closed',
  page: (page, pages) => `${page} of ${pages}`,
  minutes: (from, to) =>
    to === 0
      ? 'no wait'
      : (longWaitInWords(from, to, SPAN_UNITS.en) ?? (from === to ? `${to} min` : `${from}–${to} min`)),
  stopped: 'Service is suspended. The queue is kept and nobody loses their place.',
  seal: (day: string) => `Seal of ${day}:`,
  closedToday: 'The centre is not receiving now',
  notShown: 'Numbers cannot be shown now. Please listen to the staff: the queue is kept.',
};
