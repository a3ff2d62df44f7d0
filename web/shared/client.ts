import type { Call } from '../../contract/client.ts';
import { requestOf } from '../../contract/client.ts';
import type { Language } from './language.tsx';

/** The server refused, with a sentence for the person; or could not be reached (`offline`). */
export class CallProblem extends Error {
  readonly code: string;

  constructor(code: string, sentence: string) {
    super(sentence);
    this.name = 'CallProblem';
    this.code = code;
  }
}

const OFFLINE: Readonly<Record<Language, string>> = {
  ru: 'Нет связи с сервером. Попробуйте ещё раз через минуту.',
  en: 'The server cannot be reached. Try again in a minute.',
};

/** Calls a route of the API. Throws CallProblem. */
export const call: Call = async (name, input) => {
  const { method, path, body } = requestOf(name, input);
  const language = document.documentElement.lang === 'en' ? 'en' : 'ru';
  const headers = { 'accept-language': language, ...(body === null ? {} : { 'content-type': 'application/json' }) };
  const response = await fetch(path, { method, headers, body }).catch(() => {
    throw new CallProblem('offline', OFFLINE[language]);
  });
  const reply: unknown = await response.json().catch(() => ({}));
  if (response.ok) return reply as never;
  const { code = 'internal', detail = OFFLINE[language] } = reply as { code?: string; detail?: string };
  throw new CallProblem(code, detail);
};
