import type { FastifyReply } from 'fastify';
import { problem, type ProblemCode, sentenceOf, statusOf } from '../../../core/problems.ts';
import type { Refused, Visitor } from './ask-api.ts';
import type { Site } from './context.ts';

/** A page that says what went wrong. */
export function trouble(
  { draw }: Site,
  visitor: Visitor,
  reply: FastifyReply,
  { status, detail }: Pick<Refused, 'status' | 'detail'>,
): FastifyReply {
  return draw(visitor, reply, { page: 'trouble', status, problem: detail }, status);
}

/** The same, for a problem without parameters. */
export function troubleOf(
  site: Site,
  visitor: Visitor,
  reply: FastifyReply,
  code: Extract<ProblemCode, 'unknown-page' | 'foreign-origin'>,
): FastifyReply {
  const detail = sentenceOf(problem(code, {}), visitor.language);
  return trouble(site, visitor, reply, { status: statusOf(code), detail });
}
