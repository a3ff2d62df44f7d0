import { clockKinds } from './problem-words.ts';
import { dayInWords } from './time/day-in-words.ts';

/** Problems of a node, its clock and its database: HTTP status and sentence in both languages. */
export const nodeProblems = {
  overloaded: {
    status: 429,
    ru: () => 'Слишком много команд ждут очереди. Повторите через несколько секунд.',
    en: () => 'Too many commands are waiting. Try again in a few seconds.',
  },
  busy: {
    status: 503,
    ru: () => 'Система занята: команда не выполнена. Отправьте её снова.',
    en: () => 'The system is busy: the command was not carried out. Send it again.',
  },
  'outcome-unknown': {
    status: 503,
    ru: () =>
      'Связь с базой прервалась: неизвестно, выполнена ли команда. Отправьте ту же команду снова, дважды она не выполнится.',
    en: () =>
      'The connection to the database was lost: it is not known whether the command was carried out. Send the same command again; it will not be carried out twice.',
  },
  'clock-behind': {
    status: 503,
    ru: () =>
      'Часы сервера отстают от записей дня. Сообщите администратору; запись остановлена, чтобы не испортить порядок событий.',
    en: () =>
      'The server clock is behind the records of the day. Tell the administrator; writing has stopped to keep the order of events.',
  },
  'day-unreadable': {
    status: 503,
    ru: (p: { day: string; seq: number }) =>
      `Запись дня ${dayInWords(p.day, 'ru')} не читается с события ${p.seq}. Сообщите администратору; остальные центры работают.`,
    en: (p: { day: string; seq: number }) =>
      `The record of ${dayInWords(p.day, 'en')} cannot be read from event ${p.seq} on. Tell the administrator; the other centres are working.`,
  },
  'clock-not-stepped': {
    status: 409,
    ru: (p: { kind: keyof typeof clockKinds }) =>
      `Сервер идёт с часами ${clockKinds[p.kind].ru}: переводить их можно только при --clock replay.`,
    en: (p: { kind: keyof typeof clockKinds }) =>
      `The server runs on ${clockKinds[p.kind].en} time: its clock can be moved only with --clock replay.`,
  },
  'clock-backwards': {
    status: 409,
    ru: () => 'Часы проигрывателя идут только вперёд.',
    en: () => 'The replay clock runs only forward.',
  },
  'clock-kind-differs': {
    status: 409,
    ru: (p: { kind: keyof typeof clockKinds; wanted: keyof typeof clockKinds }) =>
      `Эти данные созданы с ${clockKinds[p.kind].ru} часами, а программа запущена с ${clockKinds[p.wanted].ru}. Укажите другую папку: --data ПАПКА.`,
    en: (p: { kind: keyof typeof clockKinds; wanted: keyof typeof clockKinds }) =>
      `This data was made with the ${clockKinds[p.kind].en} clock, but this start uses the ${clockKinds[p.wanted].en} one. Give another folder: --data FOLDER.`,
  },
  'not-ready': {
    status: 503,
    ru: (p: { reason: string }) => `Сервер не готов: ${p.reason}.`,
    en: (p: { reason: string }) => `The server is not ready: ${p.reason}.`,
  },
  internal: {
    status: 500,
    ru: () => 'Внутренняя ошибка. Действие не выполнено; попробуйте ещё раз или позовите администратора.',
    en: () => 'An internal error. Nothing was done; try again or call the administrator.',
  },
} as const;
