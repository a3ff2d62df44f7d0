import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SitePage } from '../../../contract/site.ts';
import type { Oidc } from '../../platform/oidc.ts';
import type { BookingContext } from '../booking/index.ts';
import type { ExpectedWaits } from '../planning/index.ts';
import type { Ask, Visitor } from './ask-api.ts';
import type { SiteLists } from './lists.ts';

/** What the public site is made of: the city as bookings know it, and what only the site shows. */
export interface SiteContext extends BookingContext {
  /** The server at which visitors sign in; null where there is none. */
  readonly login: Oidc | null;
  readonly lists: SiteLists;
  /** Half hours of a day, `10:30`, with the wait that is expected then; null: nothing is known of its days. */
  readonly expectedWaits: ExpectedWaits;
}

/** What every page is given: the context, how to draw itself, and how to ask. */
export interface Site extends SiteContext {
  readonly ask: Ask;
  draw(visitor: Visitor, reply: FastifyReply, page: SitePage, status?: number): FastifyReply;
  visitorOf(request: FastifyRequest): Visitor;
}
