type Language = 'ru' | 'en';
type Words = { readonly ru: string; readonly en: string };

/** The fixed words of a receipt. */
export const RECEIPT_WORDS = {
  title: { ru: 'Расписка в приёме документов', en: 'Receipt for documents' },
  refusal: { ru: 'Уведомление об отказе в приёме документов', en: 'Notice that documents were not accepted' },
  number: { ru: 'Заявление №', en: 'Application No.' },
  code: { ru: 'Код для справок', en: 'Code for enquiries' },
  taken: { ru: 'Принято', en: 'Taken' },
  applicant: { ru: 'Заявитель', en: 'Applicant' },
  representative: { ru: 'Представитель', en: 'Representative' },
  mandate: { ru: 'по документу', en: 'by' },
  service: { ru: 'Услуга', en: 'Service' },
  agency: { ru: 'Ведомство', en: 'Agency' },
  ownAgency: { ru: 'Решает центр', en: 'Decided by the centre' },
  specialist: { ru: 'Отвечает до результата', en: 'Answers for it until the result' },
  documents: { ru: 'Документы', en: 'Documents' },
  asked: { ru: 'Центр запросит сам', en: 'The centre asks for itself' },
  charges: { ru: 'Оплата', en: 'Charges' },
  paid: { ru: 'оплачено', en: 'paid' },
  unpaid: { ru: 'не оплачено', en: 'not paid' },
  uin: { ru: 'УИН', en: 'identifier (УИН)' },
  roubles: { ru: 'руб.', en: 'roubles' },
  lastDay: { ru: 'Последний день срока', en: 'Last day of the term' },
  promised: { ru: 'Обещаем', en: 'We promise it by' },
  noDate: {
    ru: 'Срок будет назван позже: календарь на следующий год ещё не утверждён',
    en: 'The term will be told later: the calendar of next year is not approved yet',
  },
  where: { ru: 'Где забрать', en: 'Where to collect it' },
  who: { ru: 'Кто может забрать', en: 'Who may collect it' },
  stored: { ru: 'Хранится дней', en: 'Kept for days' },
  ground: { ru: 'Основание отказа', en: 'Ground' },
  fix: { ru: 'Как исправить', en: 'How to mend it' },
  rights: {
    ru: 'Вы вправе отозвать заявление до решения и обжаловать действия центра и ведомства: у руководителя центра, в ведомстве, в суде.',
    en: 'You may withdraw the application before the decision, and complain of the centre and the agency: to the head of the centre, to the agency, in court.',
  },
  signed: { ru: 'Принял', en: 'Taken by' },
  handed: { ru: 'Сдал', en: 'Handed in by' },
  applicantSigns: { ru: 'Подпись заявителя', en: 'The applicant' },
  representativeSigns: { ru: 'Подпись представителя', en: 'The representative' },
  copies: { ru: 'копий', en: 'copies' },
  sheets: { ru: 'листов', en: 'sheets' },
} as const satisfies Record<string, Words>;

/** How a term is counted, in words. */
export const UNIT_WORDS = {
  'working-day': { ru: 'рабочих дней', en: 'working days' },
  'calendar-day': { ru: 'календарных дней', en: 'calendar days' },
  month: { ru: 'мес.', en: 'months' },
  hour: { ru: 'ч', en: 'hours' },
  'same-visit': { ru: 'в день обращения', en: 'on the same visit' },
} as const satisfies Record<string, Words>;

export const SEEN_WORDS = {
  'original-shown': { ru: 'подлинник показан и возвращён', en: 'original shown and given back' },
  'original-kept': { ru: 'подлинник сдан', en: 'original handed in' },
  copy: { ru: 'копия', en: 'copy' },
  scan: { ru: 'отсканирован', en: 'scanned' },
  'from-agency': { ru: 'получен от ведомства', en: 'came from an agency' },
  'from-result': { ru: 'результат другой услуги', en: 'result of another service' },
  'lawful-reason': { ru: 'не требуется по закону', en: 'not needed by law' },
} as const satisfies Record<string, Words>;

export const COLLECTOR_WORDS = {
  applicant: { ru: 'только заявитель', en: 'the applicant only' },
  representative: { ru: 'заявитель или представитель', en: 'the applicant or the representative' },
  'any-with-passport': { ru: 'любой с паспортом', en: 'anybody with a passport' },
} as const satisfies Record<string, Words>;

export type ReceiptLanguage = Language;
