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
      `В этот день ${p.wanted} получасов от открытия до закрытия, а в плане ${p.given}.`,
    en: (p: { wanted: number; given: number }) =>
      `This day has ${p.wanted} half hours from opening to closing, the plan has ${p.given}.`,
  },
  'plan-past': {
    status: 422,
    ru: () => 'Этот день уже прошёл. Выберите сегодняшний или будущий.',
    en: () => 'That day is over. Choose today or a later one.',
  },
  'planning-busy': {
    status: 503,
    ru: () => 'Сейчас идут другие расчёты. Повторите через несколько секунд.',
    en: () => 'Other reckonings are under way. Try again in a few seconds.',
  },
} as const;
