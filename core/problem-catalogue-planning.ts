import { plural } from './language/plural.ts';
import { dayInWords } from './time/day-in-words.ts';

/** A sentence without its parameters, which are for programs. */
type Sentence<Params> = (params: Params) => string;

/** Problems of planning: HTTP status and sentence in both languages. */
export const planningProblems = {
  'no-history': {
    status: 409,
    ru: () => 'По этому центру ещё нет дней с посетителями. Загрузите историю: okno import history ФАЙЛ.',
    en: () => 'This centre has no days with visitors yet. Import its history: okno import history FILE.',
  },
  'no-such-advice': {
    status: 409,
    ru: () => 'Обстановка в зале изменилась, этот совет больше не действует.',
    en: () => 'The hall has changed: this advice no longer applies.',
  },
  'no-shift-fits': {
    status: 422,
    ru: () => 'Центр открыт меньше четырёх часов: ни одна смена не помещается.',
    en: () => 'The centre is open less than four hours: no shift fits.',
  },
  'plan-length': {
    status: 422,
    ru: (p: { wanted: number; given: number }) =>
      `В этот день от открытия до закрытия ${plural('ru', p.wanted, { one: 'получас', few: 'получаса', other: 'получасов' })}, а в плане ${p.given}.`,
    en: (p: { wanted: number; given: number }) =>
      `This day has ${p.wanted} half hours from opening to closing, but the plan has ${p.given}.`,
  },
  'plan-past': {
    status: 422,
    ru: () => 'Этот день уже прошёл. Выберите сегодняшний или будущий.',
    en: () => 'That day is over. Choose today or a later one.',
  },
  'unknown-colleague': {
    status: 404,
    ru: () => 'Этот человек не работает за окнами центра. Дайте ему здесь роль специалиста.',
    en: () => 'This person does not work at the windows of the centre. Give them the role of a specialist here.',
  },
  'nobody-to-roster': {
    status: 409,
    ru: () => 'Некого ставить в график: заведите специалистов центра и их часы в неделю.',
    en: () => 'There is nobody to roster: add the specialists of the centre and their weekly hours.',
  },
  'nobody-knows': {
    status: 409,
    ru: (() =>
      'Смены не подобрать: одну из групп услуг никто из сотрудников центра не ведёт. Отметьте её кому-нибудь или снимите с окон.') as Sentence<{
      groupId: string;
    }>,
    en: (() =>
      'No shifts can be found: nobody at the centre serves one of the service groups. Assign it to a member of staff, or remove it from the windows.') as Sentence<{
      groupId: string;
    }>,
  },
  'no-such-shift': {
    status: 422,
    ru: (p: { day: string }) =>
      `Такой смены ${dayInWords(p.day, 'ru')} быть не может: она не помещается в часы работы центра или в ней нет перерыва.`,
    en: (p: { day: string }) =>
      `This shift is not possible on ${dayInWords(p.day, 'en')}: it does not fit into the hours of the centre, or has no break.`,
  },
  'roster-breaks-rules': {
    status: 422,
    ru: (p: { faults: number }) =>
      `График нарушает правила: ${p.faults}. Исправьте отмеченные смены и сохраните снова.`,
    en: (p: { faults: number }) => `The roster breaks rules: ${p.faults}. Fix the marked shifts and save again.`,
  },
  'roster-changed': {
    status: 409,
    ru: () => 'График за это время изменил кто-то другой. Откройте его ещё раз и повторите свои правки.',
    en: () => 'Someone else has changed the roster in the meantime. Open it again and repeat your changes.',
  },
  'planning-busy': {
    status: 503,
    ru: () => 'Сейчас идут другие расчёты. Повторите через несколько секунд.',
    en: () => 'Other calculations are in progress. Try again in a few seconds.',
  },
} as const;
