/** What goes wrong with terms, applications and their papers: HTTP status and sentence in both languages. */
export const caseProblems = {
  'calendar-missing': {
    status: 409,
    ru: (p: { year: number }) =>
      `Производственного календаря на ${p.year} год нет, поэтому срок не посчитан. Попросите методолога загрузить календарь.`,
    en: (p: { year: number }) =>
      `The production calendar of ${p.year} is not loaded, so the term is not known. Ask a methodologist to load it.`,
  },
  'calendar-malformed': {
    status: 422,
    ru: (p: { year: number; what: string }) =>
      `В календаре на ${p.year} год ошибка: «${p.what}» нет в этом году или указано дважды.`,
    en: (p: { year: number; what: string }) =>
      `The calendar of ${p.year} has a mistake: “${p.what}” is not in that year or is named twice.`,
  },
  'calendar-gap': {
    status: 422,
    ru: (p: { year: number }) => `Календари идут подряд: не хватает ${p.year} года.`,
    en: (p: { year: number }) => `Calendars follow one another: ${p.year} is missing.`,
  },
  'stop-malformed': {
    status: 422,
    ru: (p: { from: string }) =>
      `Приостановка с ${p.from} невозможна: она начинается до срока или кончается раньше, чем началась.`,
    en: (p: { from: string }) =>
      `The stop from ${p.from} is not possible: it begins before the term or ends before it began.`,
  },
  'extension-not-allowed': {
    status: 409,
    ru: (p: { most: number }) => `Срок можно продлить один раз и не больше чем на ${p.most}.`,
    en: (p: { most: number }) => `The term can be made longer once, by ${p.most} at most.`,
  },
} as const;
