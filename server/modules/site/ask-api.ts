import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requestOf } from '../../../contract/client.ts';
import type { Input, Reply } from '../../../contract/contract.ts';
import { problem, type ProblemCode, sentenceOf } from '../../../core/problems.ts';

import type { CalledRoutes } from '../../../contract/client.ts';

/** Why the API refused, as it tells a visitor. */
export interface Refused {
  readonly status: number;
  readonly code: ProblemCode;
  /** In the language of the page. */
  readonly detail: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What the API answered. */
export type Answer<R> = { readonly reply: R } | { readonly refused: Refused };

/**
 * Asks our own API for a page, as a passer-by at the visitor's address: what the site can do is what everybody can, with the same checks
 * and the same allowance.
 */
export type Ask = <Name extends keyof CalledRoutes>(
  visitor: Visitor,
  name: Name,
  input: Input<CalledRoutes[Name]>,
) => Promise<Answer<Reply<CalledRoutes[Name]>>>;

/** The reader of a page. */
export interface Visitor {
  readonly request: FastifyRequest;
  readonly language: 'ru' | 'en';
}

export function openAsk(app: FastifyInstance): Ask {
  return async ({ request, language }, name, input) => {
    const { method, path, body } = requestOf(name, input);
    const answer = await app.inject({
      method: method as 'GET' | 'POST',
      url: path,
      remoteAddress: request.ip,
      headers: {
        host: request.host,
        'accept-language': language,
        ...(body !== null && { 'content-type': 'application/json' }),
      },
      ...(body !== null && { payload: body }),
    });
    const told: unknown = answer.payload === '' ? undefined : answer.json();
    if (answer.statusCode < 400) return { reply: told as never };
    const { code, detail, params } = told as Refused;
    // The message for programs means nothing to a person who fills in a form.
    const words = code === 'malformed-request' ? sentenceOf(problem('form-unread', {}), language) : detail;
    return { refused: { status: answer.statusCode, code, detail: words, params } };
  };
}

/** The answer, or nothing where the API refused. */
export function replyOf<R>(answer: Answer<R>): R | null {
  return 'reply' in answer ? answer.reply : null;
}
