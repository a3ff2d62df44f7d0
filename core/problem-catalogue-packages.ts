type Words = { readonly ru: string; readonly en: string };

/** Problems of packages, co-signers and dependent applications: HTTP status and sentence in both languages. */
export const packageProblems = {
  'package-open': {
    status: 409,
    ru: (p: { packageId: string; name: Words }) =>
      `У заявителя уже идёт пакет «${p.name.ru}». Продолжите его или укажите, зачем нужен второй.`,
    en: (p: { packageId: string; name: Words }) =>
      `The applicant already has the package “${p.name.en}” in progress. Continue it, or give a reason for another one.`,
  },
  'step-not-offered': {
    status: 422,
    ru: (p: { steps: readonly Words[] }) =>
      p.steps.length === 0
        ? 'В пакете нет ни одного шага. Выберите хотя бы один.'
        : `При таких сведениях эти шаги выбрать нельзя: ${p.steps.map(({ ru }) => ru).join(', ')}. Проверьте сведения пакета.`,
    en: (p: { steps: readonly Words[] }) =>
      p.steps.length === 0
        ? 'The package has no steps. Choose at least one.'
        : `With these facts, these steps cannot be chosen: ${p.steps.map(({ en }) => en).join(', ')}. Check the facts of the package.`,
  },
  'not-a-correction': {
    status: 422,
    ru: () => 'Исправить можно результат заявления того же человека по той же услуге. Найдите его по номеру.',
    en: () => 'Only a result of the same person for the same service can be corrected. Find it by its number.',
  },
  'package-faulty': {
    status: 422,
    ru: (p: { faults: readonly string[] }) => `Пакет составлен с ошибками: ${p.faults.join('; ')}.`,
    en: (p: { faults: readonly string[] }) => `The package has mistakes: ${p.faults.join('; ')}.`,
  },
  'second-person-needed': {
    status: 403,
    ru: () => 'Публикует не тот, кто готовил черновик. Попросите второго методолога проверить его и опубликовать.',
    en: () => 'The author of a draft cannot publish it. Ask a second methodologist to review and publish it.',
  },
  'unknown-version': {
    status: 404,
    ru: (p: { version: number }) => `Версии ${p.version} у этого паспорта услуги нет.`,
    en: (p: { version: number }) => `The passport has no version ${p.version}.`,
  },
  'signatures-missing': {
    status: 409,
    ru: (p: { signers: readonly Words[] }) =>
      `Не хватает подписей: ${p.signers.map(({ ru }) => ru).join(', ')}. Подписать можно здесь или дома по коду.`,
    en: (p: { signers: readonly Words[] }) =>
      `Signatures are missing: ${p.signers.map(({ en }) => en).join(', ')}. They can sign here, or at home with a code.`,
  },
  'signer-not-asked': {
    status: 422,
    ru: () => 'Эта подпись под заявлением не нужна.',
    en: () => 'The application does not need this signature.',
  },
  'signer-twice': {
    status: 422,
    ru: () => 'Один человек не может подписать дважды: выберите другого. Заявитель подписывает само заявление.',
    en: () => 'One person cannot sign twice: choose another. The applicant signs the application itself.',
  },
  'unknown-home-draft': {
    status: 404,
    ru: () =>
      'Заявления с таким кодом нет: код неверный, уже использован или прошло 30 дней. Начните заявление заново.',
    en: () =>
      'There is no application with this code: the code is wrong, already used, or older than 30 days. Start a new application.',
  },
  'unknown-co-signature': {
    status: 404,
    ru: () =>
      'Код или дата рождения не подходят, либо срок действия кода истёк. Проверьте их или попросите выслать новый код.',
    en: () => 'The code or the date of birth is wrong, or the code has expired. Check both, or ask for a new code.',
  },
  'signature-outdated': {
    status: 409,
    ru: () => 'Пока вы читали, заявление изменили. Прочитайте его ещё раз и подпишите.',
    en: () => 'The application was changed while you were reading. Read it again and sign.',
  },
  'needs-result': {
    status: 409,
    ru: (p: { steps: readonly { ru: string; en: string }[] }) =>
      `Сначала нужен результат: ${p.steps.map(({ ru }) => ru).join(', ')}.`,
    en: (p: { steps: readonly { ru: string; en: string }[] }) =>
      `A result is needed first: ${p.steps.map(({ en }) => en).join(', ')}.`,
  },
  'identity-not-checked': {
    status: 422,
    ru: () => 'Перед выдачей проверьте документ того, кто пришёл за результатом.',
    en: () => 'Before you give out the result, check the document of the person who has come for it.',
  },
} as const;
