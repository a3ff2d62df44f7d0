import type { DocumentTemplate } from '../../core/applications/template.ts';

const paragraphs = (...lines: string[]) => lines.join('\n\n');

/** Documents that every applicant signs: the application itself, and the consent to handle their data for it (law 152-FZ, article 9). */
export const SIGNED_DOCUMENTS: readonly DocumentTemplate[] = [
  {
    code: 'statement',
    name: { ru: 'Заявление', en: 'Application' },
    text: {
      ru: paragraphs(
        'В {agency} через {centre} от {applicant}',
        'Прошу предоставить услугу: {service}.',
        'Сведения, указанные ниже, верны. Мне известно, что неверные сведения могут быть основанием для отказа.',
      ),
      en: paragraphs(
        'To {agency} through {centre} from {applicant}',
        'I apply for: {service}.',
        'What is stated below is true. I know that what is not true may be a ground for refusal.',
      ),
    },
    withAnswers: true,
  },
  {
    code: 'consent',
    name: { ru: 'Согласие на обработку персональных данных', en: 'Consent to the handling of personal data' },
    text: {
      ru: paragraphs(
        'Я, {applicant}, разрешаю центру ({centre}) и органу ({agency}) обрабатывать мои персональные данные.',
        'Это нужно для услуги «{service}»: собрать, записать, хранить, передать органу и уничтожить.',
        'Согласие действует до получения результата. Отозвать его можно письменно в любом центре.',
        '{day}',
      ),
      en: paragraphs(
        'I, {applicant}, agree that the centre ({centre}) and the agency ({agency}) handle my personal data.',
        'It is needed for “{service}”: to collect, write down, keep, pass on to the agency and destroy them.',
        'The consent holds until I have the result. I may take it back in writing at any centre.',
        '{day}',
      ),
    },
    withAnswers: false,
  },
];
