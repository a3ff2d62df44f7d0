import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { InputFault } from '../../core/input-fault.ts';
import { type Problem, problem, ProblemError, sentenceOf, statusOf } from '../../core/problems.ts';
import { type InputError, malformed } from './check-input.ts';
import { awayProblem } from './database-away.ts';
import type { Language } from '../../core/language/language.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** How a person is shown that something went wrong; null where no pages are built. */
    troublePage: { draw: TroublePage | null };
  }
}

/** Draws the page that says what went wrong. */
export type TroublePage = (
  request: FastifyRequest,
  reply: FastifyReply,
  trouble: { readonly status: number; sentence(language: Language): string },
) => FastifyReply;

/** The problem as RFC 9457 JSON, in the language that the caller prefers. */
export function problemBody(found: Problem, language: Language): Record<string, unknown> {
  return {
    type: `/problems/${found.code}`,
    title: found.code.replaceAll('-', ' '),
    status: statusOf(found.code),
    code: found.code,
    params: found.params,
    detail: sentenceOf(found, language),
  };
}

/** Russian unless the caller names English first. */
export function languageOf(acceptLanguage: string | undefined): Language {
  return /^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'ru';
}

/** What is refused because something does not work for the moment may be sent again after this. */
const RETRY_AFTER_SECONDS = 2;

/** A browser that goes to an address is shown a page; a program is told the problem as data. */
export function replyProblem(request: FastifyRequest, reply: FastifyReply, found: Problem): FastifyReply {
  const language = languageOf(request.headers['accept-language']);
  void reply.header('cache-control', 'no-store');
  if (statusOf(found.code) === 503) void reply.header('retry-after', RETRY_AFTER_SECONDS);
  if (statusOf(found.code) === 429) void reply.header('retry-after', secondsOf(found));
  if (isBrowser(request)) return troublePage(request, reply, found);
  return reply
    .code(statusOf(found.code))
    .header('content-language', language)
    .type('application/problem+json')
    .send(JSON.stringify(problemBody(found, language)));
}

function isBrowser({ headers, url }: FastifyRequest): boolean {
  return !url.startsWith('/api/') && /(^|,)\s*text\/html\s*(;|,|$)/i.test(headers.accept ?? '');
}

function troublePage(request: FastifyRequest, reply: FastifyReply, found: Problem): FastifyReply {
  const status = statusOf(found.code);
  const shown = found.code === 'unknown-route' ? problem('unknown-page', {}) : found;
  const { draw } = request.server.troublePage;
  // What is no address at all has neither a query nor cookies by which a page could be drawn.
  if (draw !== null && request.query !== null)
    return draw(request, reply, { status, sentence: (language) => sentenceOf(shown, language) });
  const language = languageOf(request.headers['accept-language']);
  const sentence = escaped(sentenceOf(shown, language));
  const page = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${status}</title></head><body><h1>${status}</h1><p>${sentence}</p></body></html>`;
  return reply.code(status).header('content-language', language).type('text/html; charset=utf-8').send(page);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** Whatever went wrong, as a problem that may leave the house. */
export function problemOf(error: FastifyError, bytesMax: number, request: FastifyRequest): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error.validation !== undefined) {
    const [first] = error.validation as unknown as readonly (InputError | undefined)[];
    return malformed(
      `${error.validationContext ?? 'request'}${first?.instancePath ?? ''}`,
      first?.fault ?? { kind: 'misfit' },
    );
  }
  if (error instanceof AggregateError && error.errors.every((one) => one instanceof ProblemError))
    return (error.errors[0] as ProblemError).problem;
  if (error.statusCode === 413) return problem('body-too-large', { bytesMax });
  if (error.statusCode === 415) return problem('unsupported-media-type', {});
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return problem('malformed-request', { where: 'request', reason: error.message });
  }
  if (unkeepable(error)) return malformed(placeOf(error.message, request), OUT_OF_RANGE);
  // A list that names a row twice, written in one statement.
  if (error.message.startsWith('ON CONFLICT DO UPDATE command cannot affect row a second time'))
    return problem('row-twice', {});
  return awayProblem(error) ?? problem('internal', {});
}

const OUT_OF_RANGE: InputFault = { kind: 'out-of-range' };

/**
 * True for a value that no schema stopped and that the database cannot keep (class 22 of its errors; 54000: too long for an index), or that no
 * calendar has. A broken constraint is none of these: it is a fault of ours.
 */
export function unkeepable(error: unknown): boolean {
  const { code, severity, stack } = error as { code?: unknown; severity?: unknown; stack?: string };
  if (typeof severity === 'string' && typeof code === 'string') return code.startsWith('22') || code === '54000';
  return error instanceof RangeError && /temporal-polyfill/.test(stack ?? '');
}

/** Where a request has the value that a message quotes, such as `value "2147483648" is out of range`. */
function placeOf(message: string, { params, query, body }: FastifyRequest): string {
  const quoted = new Set([...message.matchAll(/"([^"]+)"|: (\S+)$/g)].map(([, text, last]) => text ?? last));
  const seek = (value: unknown, place: string): string | null => {
    if (value === null || typeof value !== 'object') return quoted.has(String(value)) ? place : null;
    for (const [key, member] of Object.entries(value)) {
      const found = seek(member, `${place}/${key}`);
      if (found !== null) return found;
    }
    return null;
  };
  return seek(params, 'params') ?? seek(query, 'querystring') ?? seek(body, 'body') ?? 'request';
}

/** How long to wait: as the problem says, or a second. */
function secondsOf({ params }: Problem): number {
  const { seconds = 1 } = params as { readonly seconds?: number };
  return Math.max(1, Math.ceil(seconds));
}
