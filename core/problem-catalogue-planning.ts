import { plural } from './language/plural.ts';
import { dayInWords } from './time/day-in-words.ts';

/** A sentence that says nothing of its parameters: programs read them. */
type Sentence<Params> = (params: Params) => string;

/** What goes wrong in planning: HTTP status and sentence in both languages. */
export const planningProblems = {
  'no-history': {
    status: 409,
    ru: () => 'По этому центру ещё нет дней с посетителями. Загрузите историю: okno import history ФАЙЛ.',
    en: () => 'There is no day with visitors of this centre yet. Import its history: okno import history FILE.',
  },
  'no-such-advice': {
    status: 409,
    ru: () => 'Зал уже изменился, такого совета больше нет.',
    en: () => 'The hall has changed: there is no such advice any more.',
  },
  'no-shift-fits': {
    status: 422,
    ru: () => 'Центр открыт меньше четырёх часов: ни одна смена не помещается.',
    en: () => 'The centre is open for less than four hours: no shift fits.',
  },
  'plan-length': {
    status: 422,
    ru: (p: { wanted: number; given: number }) =>
      `В этот день от открытия до закрытия ${plural('ru', p.wanted, { one: 'получас', few: 'получаса', other: 'получасов' })}, а в плане ${p.given}.`,
    en: (p: { wanted: number; given: number }) =>
      `This day has ${p.wanted} half hours from opening to closing, the plan has ${p.given}.`,
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
    en: () => 'There is nobody to roster: add specialists of the centre and their hours a week.',
  },
  'nobody-knows': {
    status: 409,
    ru: (() =>
      'Смены не подобрать: одну из групп услуг никто из сотрудников центра не ведёт. Отметьте её кому-нибудь или снимите с окон.') as Sentence<{
      groupId: string;
    }>,
    en: (() =>
      'No shifts can be found: nobody at the centre knows one of the groups of services. Give it to somebody, or take it off the windows.') as Sentence<{
      groupId: string;
    }>,
  },
  'no-such-shift': {
    status: 422,
    ru: (p: { day: string }) =>
      `Такой смены ${dayInWords(p.day, 'ru')} быть не может: она не помещается в часы центра или без перерыва.`,
    en: (p: { day: string }) =>
      `There can be no such shift on ${dayInWords(p.day, 'en')}: it does not fit into the hours of the centre, or has no break.`,
  },
  'roster-breaks-rules': {
    status: 422,
    ru: (p: { faults: number }) =>
      `График нарушает правила: ${p.faults}. Исправьте отмеченные смены и сохраните снова.`,
    en: (p: { faults: number }) => `The roster breaks rules: ${p.faults}. Mend the marked shifts and keep it again.`,
  },
  'roster-changed': {
    status: 409,
    ru: () => 'График за это время изменил кто-то другой. Откройте его заново и повторите свои правки.',
    en: () => 'Somebody else has changed the roster meanwhile. Open it again and repeat your changes.',
  },
  'planning-busy': {
    status: 503,
    ru: () => 'Сейчас идут другие расчёты. Повторите через несколько секунд.',
    en: () => 'Other reckonings are under way. Try again in a few seconds.',
  },
} as const;
