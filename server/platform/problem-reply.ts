import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type Language, type Problem, problem, ProblemError, sentenceOf, statusOf } from '../../core/problems.ts';

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

export function replyProblem(request: FastifyRequest, reply: FastifyReply, found: Problem): FastifyReply {
  const language = languageOf(request.headers['accept-language']);
  return reply
    .code(statusOf(found.code))
    .header('content-language', language)
    .type('application/problem+json')
    .send(JSON.stringify(problemBody(found, language)));
}

/** Whatever went wrong, as a problem that may leave the house. */
export function problemOf(error: FastifyError, bytesMax: number): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error.validation !== undefined) {
    const [first] = error.validation;
    const where = `${error.validationContext ?? 'request'}${first?.instancePath ?? ''}`;
    return problem('malformed-request', { where, reason: first?.message ?? 'it does not fit the schema' });
  }
  if (error.statusCode === 413) return problem('body-too-large', { bytesMax });
  if (error.statusCode === 415) return problem('unsupported-media-type', {});
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return problem('malformed-request', { where: 'request', reason: error.message });
  }
  return problem('internal', {});
}
