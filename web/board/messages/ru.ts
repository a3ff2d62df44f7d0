import { longWaitInWords, SPAN_UNITS } from '../../../core/time/span-in-words.ts';

export const ru = {
  calls: 'Вызываются',
  number: 'Номер',
  window: 'Окно',
  noCalls: 'Сейчас никого не вызывают',
  windows: 'Окна',
  waiting: (visits: number): string => `Ждут: ${visits}`,
  lastCalls: 'Недавно вызваны',
  toWindow: (windowId: number): string => `окно ${windowId}`,
  soundOn: 'Включить звук',
  media: 'Объявления центра',
  noWindows: 'Все окна закрыты',
  page: (page: number, pages: number): string => `${page} из ${pages}`,
  minutes: (from: number, to: number): string =>
    to === 0
      ? 'без ожидания'
      : (longWaitInWords(from, to, SPAN_UNITS.ru) ?? (from === to ? `${to} мин` : `${from}–${to} мин`)),
  stopped: 'Приём остановлен. Очередь сохранена, никто не потеряет место.',
  seal: (day: string) => `Печать дня ${day}:`,
  closedToday: 'Центр сейчас не принимает',
  notShown: 'Номера сейчас не показать. Слушайте сотрудников зала: очередь сохранена.',
};
