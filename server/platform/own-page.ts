import type { FastifyRequest } from 'fastify';

/**
 * True when a page of this very site sent the request, or a program that names no page: a browser always says when it writes from
 * which site. An older one names the page's origin instead.
 */
export function isFromOwnPage({ headers, host }: FastifyRequest): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  if (site !== undefined) return site === 'same-origin';
  return origin === undefined || URL.parse(origin)?.host === host;
}
