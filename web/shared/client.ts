import type { Call } from '../../contract/client.ts';
import { type Request, requestOf } from '../../contract/client.ts';
import { deviceHeaders, tookNonce } from './device.ts';
import type { Language } from './language.tsx';

/** The server refused, with a sentence for the person; or could not be reached (`offline`). */
export class CallProblem extends Error {
  readonly code: string;
  /** What the sentence speaks of, for programs: such as the fields at fault. */
  readonly params: Readonly<Record<string, unknown>>;

  constructor(code: string, sentence: string, params: Readonly<Record<string, unknown>> = {}) {
    super(sentence);
    this.name = 'CallProblem';
    this.code = code;
    this.params = params;
  }
}

const OFFLINE: Readonly<Record<Language, string>> = {
  ru: 'Нет связи с сервером. Попробуйте ещё раз через минуту.',
  en: 'The server cannot be reached. Try again in a minute.',
};

/** The name of a route, such as `GET /api/centres`. */
export type Name = Parameters<Call>[0];
export type InputOf<N extends Name> = Parameters<typeof call<N>>[1];
export type ReplyOf<N extends Name> = Awaited<ReturnType<typeof call<N>>>;

/** Problems after which the very same request may be sent again: nothing was done, or it is found done. */
const WORTH_AGAIN = new Set(['offline', 'busy', 'outcome-unknown', 'overloaded']);
const PAUSES_MS = [300, 900, 2_000];

/**
 * Calls a route of the API. A request whose answer got lost is sent again, as it was: its command id makes
 * sure that it happens once. Throws CallProblem.
 */
export const call: Call = async (name, input) => {
  const request = requestOf(name, input);
  for (const pause of PAUSES_MS) {
    try {
      return (await send(request)) as never;
    } catch (error) {
      if (!(error instanceof CallProblem) || !WORTH_AGAIN.has(error.code)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return (await send(request)) as never;
};

async function send(request: Request, again = true): Promise<unknown> {
  const { method, path, body } = request;
  const language = document.documentElement.lang === 'en' ? 'en' : 'ru';
  const headers = {
    'accept-language': language,
    ...(body === null ? {} : { 'content-type': 'application/json' }),
    ...(await deviceHeaders(method, path)),
  };
  const response = await fetch(path, { method, headers, body }).catch(() => {
    throw new CallProblem('offline', OFFLINE[language]);
  });
  if (response.status === 204 || response.status === 202) return undefined;
  const reply: unknown = await response.json().catch(() => {
    throw new CallProblem('offline', OFFLINE[language]);
  });
  if (response.ok) return reply;
  const renewed = tookNonce(response.headers);
  const {
    code = 'internal',
    detail = OFFLINE[language],
    params,
  } = reply as Partial<{
    code: string;
    detail: string;
    params: Record<string, unknown>;
  }>;
  if (code === 'device-proof' && renewed && again) return send(request, false);
  throw new CallProblem(code, detail, params);
}
