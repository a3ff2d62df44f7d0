import type { Skill } from './queue/events.ts';

type SkillsSaid = {
  readonly windowId: number;
  readonly skills: readonly Skill[];
  /** The same, by the letters of the groups. */
  readonly said: readonly { readonly letter: string; readonly level: number }[];
};

const skillWords = (said: SkillsSaid['said'], none: string): string =>
  said.length === 0 ? none : said.map(({ letter, level }) => `${letter} — ${level}`).join(', ');

/** Problems of the screens of a hall: HTTP status and sentence in both languages. */
export const screenProblems = {
  'ticket-over': {
    status: 410,
    ru: () => 'Этот талон был на другой день. Возьмите новый.',
    en: () => 'This ticket was for another day. Take a new one.',
  },
  'left-for-good': {
    status: 409,
    ru: () => 'Вернуться можно только в течение пяти минут. Возьмите новый талон.',
    en: () => 'You can come back only within five minutes. Take a new ticket.',
  },
  'skills-fixed': {
    status: 409,
    ru: (p: SkillsSaid) =>
      `Навыки на сегодня уже указаны (${skillWords(p.said, 'ничего')}). Откройте окно ${p.windowId} с ними; изменить их может администратор зала.`,
    en: (p: SkillsSaid) =>
      `Today’s skills have already been entered (${skillWords(p.said, 'none')}). Open window ${p.windowId} with them; the hall administrator can change them.`,
  },
  'nothing-changed': {
    status: 409,
    ru: (p: { number: string }) =>
      `В талоне ${p.number} всё это уже указано. Измените услугу, категорию или число человек.`,
    en: (p: { number: string }) =>
      `The ticket ${p.number} already says so. Change the service, the class or the number of people.`,
  },
  'not-your-window': {
    status: 403,
    ru: (p: { windowId: number }) => `За окном ${p.windowId} сидит другой специалист. Работайте за своим.`,
    en: (p: { windowId: number }) => `Another specialist sits at window ${p.windowId}. Work at your own.`,
  },
  'unknown-number': {
    status: 404,
    ru: (p: { number: string }) => `Талона ${p.number} сегодня нет. Проверьте номер.`,
    en: (p: { number: string }) => `There is no ticket ${p.number} today. Check the number.`,
  },
  'moment-ahead': {
    status: 422,
    ru: () => 'Этот день ещё не наступил. Выберите другой.',
    en: () => 'That day has not come yet. Choose another one.',
  },
  'unknown-alert': {
    status: 404,
    ru: () => 'Такого сигнала нет. Обновите экран.',
    en: () => 'There is no such alert. Reload the screen.',
  },
  'alert-clears-itself': {
    status: 409,
    ru: () => 'Этот сигнал снимется сам, когда норма снова будет соблюдена.',
    en: () => 'This alert clears by itself when the norm is kept again.',
  },
  'not-served-yet': {
    status: 409,
    ru: () => 'Оценить можно после приёма.',
    en: () => 'You can rate a visit when it is over.',
  },
  'rating-final': {
    status: 409,
    ru: () => 'Изменить оценку можно в течение суток. Она уже записана.',
    en: () => 'A rating can be changed for a day. It is already saved.',
  },
  'wrong-staff-code': {
    status: 403,
    ru: () => 'Код неверный.',
    en: () => 'The code is wrong.',
  },
  'unknown-medium': {
    status: 404,
    ru: () => 'Такого файла нет.',
    en: () => 'There is no such file.',
  },
  'medium-faulty': {
    status: 422,
    ru: (p: { type: string }) =>
      `Файл не подходит (${p.type || 'неизвестный вид'}): нужны PNG, JPEG, WebP, SVG, MP4, WebM или HTML, показ от 3 до 600 секунд.`,
    en: (p: { type: string }) =>
      `The file cannot be used (${p.type || 'unknown kind'}): PNG, JPEG, WebP, SVG, MP4, WebM or HTML, shown for 3 to 600 seconds.`,
  },
  'media-full': {
    status: 409,
    ru: (p: { most: number }) => `Файлов уже ${p.most}. Уберите лишние.`,
    en: (p: { most: number }) => `There are ${p.most} files already. Remove some.`,
  },
} as const;
