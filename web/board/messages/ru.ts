import { plural } from '../../shared/plural.ts';

export const ru = {
  calls: 'Вызываются',
  number: 'номер',
  window: 'окно',
  noCalls: 'Сейчас никого не вызывают',
  windows: 'Окна',
  /** A zone that is called by a letter needs the word. */
  zone: (name: string): string => (name.length <= 2 ? `Зона ${name}` : name),
  note: 'Слушайте и смотрите: номер и окно',
  waiting: 'Ждут',
  lineHelp: 'Видите свой номер? Вас обязательно позовут',
  nobodyWaits: 'Никто не ждёт. Возьмите талон, вас позовут сразу',
  andLater: (count: number): string =>
    `и ещё ${count} ${plural('ru', count, { one: 'пришёл', few: 'пришли', many: 'пришли', other: 'пришли' })} позже`,
  calledAgo: (minutes: number): string => `вызван ${minutes} мин назад`,
  lost: (time: string): string => `Нет связи с ${time}. Номера называют голосом, очередь сохранена`,
  toWindow: (windowId: number): string => `окно ${windowId}`,
  soundOn: 'Включить звук',
  media: 'Объявления центра',
  page: (page: number, pages: number): string => `${page} из ${pages}`,
  stopped: 'Приём остановлен. Очередь сохранена, никто не потеряет место.',
  seal: (day: string) => `Печать дня ${day}:`,
  closedToday: 'Центр сейчас не принимает',
};
