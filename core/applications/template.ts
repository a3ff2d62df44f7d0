import type { Answers } from './form.ts';

type Words = { readonly ru: string; readonly en: string };

/** A document that is printed to be signed: a statement, a consent. It belongs to a version of a passport. */
export interface DocumentTemplate {
  readonly code: string;
  readonly name: Words;
  /** Paragraphs, with what is filled in standing in braces: `{applicant}`, `{answer:childName}`. */
  readonly text: Words;
  /** True: the answers of the form follow the text. */
  readonly withAnswers: boolean;
}

/** Names that a template may use, in addition to `answer:` and the name of a field. */
export const TEMPLATE_NAMES = ['applicant', 'representative', 'service', 'agency', 'centre', 'day', 'number'] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];

const BRACES = /\{([^{}]*)\}/g;
const ANSWER = 'answer:';

/** Names in the braces of a template that can never be filled in with these fields. */
export function templateFaults({ text }: DocumentTemplate, fields: ReadonlySet<string>): string[] {
  const named = [text.ru, text.en].flatMap((one) => Array.from(one.matchAll(BRACES), ([, name = '']) => name));
  const isKnown = (name: string) =>
    name.startsWith(ANSWER) ? fields.has(name.slice(ANSWER.length)) : TEMPLATE_NAMES.includes(name as TemplateName);
  return [...new Set(named)].filter((name) => !isKnown(name));
}

/** The text with everything filled in; what is not known is left to be written by hand. */
export function filledTemplate(
  text: string,
  values: Readonly<Partial<Record<TemplateName, string>>>,
  answers: Answers,
): string {
  return text.replaceAll(BRACES, (_, name: string) => {
    const value = name.startsWith(ANSWER) ? answers[name.slice(ANSWER.length)] : values[name as TemplateName];
    return value === undefined || value === '' ? BY_HAND : value;
  });
}

const BY_HAND = '_______________';
