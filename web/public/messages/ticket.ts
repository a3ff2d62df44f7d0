import { longWaitInWords, SPAN_UNITS } from '../../../core/time/span-in-words.ts';
import { plural } from '../../shared/plural.ts';

const minutes = { one: 'минута', few: 'минуты', many: 'минут', other: 'минуты' };

const ru = {
  title: 'Ваш талон',
  loading: 'Открываем ваш талон…',
  noScript:
    'Чтобы видеть место в очереди, включите JavaScript в браузере. Номер на талоне действует и без этой страницы.',
  noToken: 'Откройте эту страницу по QR-коду с талона.',
  offline: (time: string): string => `Нет связи с ${time}. Номер и место сохранены; смотрите на табло.`,
  states: {
    expected: 'Вы ещё не отметились в центре',
    waiting: 'Вы в очереди',
    called: 'Вас вызывают',
    serving: 'Идёт приём',
    held: 'Вы отложили очередь',
    finished: 'Приём закончен',
    'no-show': 'Вас вызывали, но вы не подошли. Подойдите к администратору.',
    left: 'Вы ушли из очереди',
    lapsed: 'День закончился. Завтра вас примут первыми: возьмите талон по этой же странице.',
  } as Readonly<Record<string, string>>,
  ahead: (ahead: number): string =>
    ahead === 0
      ? 'Вы следующий'
      : `Перед вами ${plural('ru', ahead, { one: 'человек', few: 'человека', many: 'человек', other: 'человека' })}`,
  range: (from: number, to: number): string =>
    to === 0
      ? 'Вот-вот вызовут'
      : `Ещё ${longWaitInWords(from, to, SPAN_UNITS.ru) ?? (from === to ? `около ${to} мин` : `${from}–${plural('ru', to, minutes)}`)}`,
  window: (windowId: number): string => `Окно ${windowId}`,
  until: (time: string): string => `до ${time}`,
  waited: (time: string): string => `Вы ждёте ${time}`,
  actions: {
    'check-in': 'Я в центре',
    hold: 'На 10 минут позже',
    back: 'Вернуться в очередь',
    leave: 'Уйти из очереди',
    'undo-leave': 'Я передумал',
  },
  leaveSure: 'Уйти из очереди? Вернуться можно в течение пяти минут.',
  yes: 'Да, уйти',
  no: 'Остаться',
  sound: 'Сообщить звуком, когда вызовут',
  soundOn: 'Когда вызовут, телефон подаст звук.',
  why: 'Почему кого-то вызвали раньше?',
  whyNobody: 'Пока вы ждёте, раньше вас никого не вызвали.',
  reasons: {
    'waited-longer': 'ждали дольше',
    appointment: 'пришли по записи',
    'by-law': 'по закону',
    'other-window': 'их вызвали к окну с другими услугами',
    'came-back': 'вернулись к своему окну',
    other: 'по другим причинам',
  } as Readonly<Record<string, string>>,
  voucher: 'Вы ждали дольше 15 минут. Чай, кофе или какао за наш счёт: назовите номер в баре.',
  voucherHad: 'Напиток за долгое ожидание выдан.',
  rate: 'Как вас приняли?',
  marks: ['плохо', 'неважно', 'нормально', 'хорошо', 'отлично'],
  thanks: 'Спасибо! Оценку можно изменить в течение суток.',
  comeBack: 'Взять талон на сегодня',
  largePrint: 'Крупно',
  highContrast: 'Контрастно',
  ribbon: 'Демонстрация: город, часы и посетители ненастоящие',
};

export type TicketWords = typeof ru;

const en: TicketWords = {
  title: 'Your ticket',
  loading: 'Opening your ticket…',
  noScript: 'To see your place in the queue, turn on JavaScript. The number on your ticket is valid without this page.',
  noToken: 'Open this page with the QR code on your ticket.',
  offline: (time) => `No connection since ${time}. Your number and place are kept; watch the board.`,
  states: {
    expected: 'You have not checked in at the centre yet',
    waiting: 'You are in the queue',
    called: 'You are being called',
    serving: 'You are being served',
    held: 'You asked to be called later',
    finished: 'Your visit is over',
    'no-show': 'You were called and did not come. Please go to the administrator.',
    left: 'You left the queue',
    lapsed: 'The day is over. Tomorrow you will be served first: take a ticket on this page.',
  },
  ahead: (ahead) =>
    ahead === 0 ? 'You are next' : `${plural('en', ahead, { one: 'person', other: 'people' })} ahead of you`,
  range: (from, to) =>
    to === 0
      ? 'You will be called any moment'
      : `${longWaitInWords(from, to, SPAN_UNITS.en) ?? (from === to ? `About ${to} min` : `${from} to ${to} min`)} more`,
  window: (windowId) => `Window ${windowId}`,
  until: (time) => `until ${time}`,
  waited: (time) => `You have waited ${time}`,
  actions: {
    'check-in': 'I am at the centre',
    hold: '10 minutes later',
    back: 'Back into the queue',
    leave: 'Leave the queue',
    'undo-leave': 'I changed my mind',
  },
  leaveSure: 'Leave the queue? You can come back within five minutes.',
  yes: 'Yes, leave',
  no: 'Stay',
  sound: 'Play a sound when I am called',
  soundOn: 'Your phone will play a sound when you are called.',
  why: 'Why was someone called before me?',
  whyNobody: 'Nobody has been called before you while you have been waiting.',
  reasons: {
    'waited-longer': 'had waited longer',
    appointment: 'had an appointment',
    'by-law': 'by law',
    'other-window': 'went to a window for other services',
    'came-back': 'came back to their own window',
    other: 'for other reasons',
  },
  voucher: 'You have waited over 15 minutes. Tea, coffee or cocoa is on us: give your number at the bar.',
  voucherHad: 'You have had the drink for your long wait.',
  rate: 'How were you served?',
  marks: ['bad', 'poor', 'fair', 'good', 'very good'],
  thanks: 'Thank you! You can change your rating for a day.',
  comeBack: 'Take a ticket for today',
  largePrint: 'Large print',
  highContrast: 'High contrast',
  ribbon: 'Demo: the city, the clock and the visitors are not real',
};

export const ticketWords: Readonly<Record<'ru' | 'en', TicketWords>> = { ru, en };
