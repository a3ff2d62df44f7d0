import type { FastifyInstance, FastifyRequest, FastifySchema, HTTPMethods } from 'fastify';
import fastJsonStringify from 'fast-json-stringify';
import type { TSchema } from 'typebox';
import type { Contract, Input, Reply, Route, RouteName } from '../../contract/contract.ts';
import type { Asker } from '../../core/access/asker.ts';
import { type SessionCookie, sessionCookie } from './session-cookie.ts';
import { type EventStream, openEventStream } from './event-stream.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller; set by the guard before any handler runs. */
    asker: Asker;
  }
}

/** Arguments of every handler in addition to those that its route declares. */
export interface Caller {
  readonly asker: Asker;
  readonly session: SessionCookie;
  /** Under which name and origin the caller sees this server. */
  readonly site: Site;
  /** The caller's address, as the door and the proxies that are believed tell it. */
  readonly address: string;
}

export interface Site {
  readonly name: string;
  readonly origin: string;
}

/** What a handler is given: exactly what its route declares, and who asks. */
export type Handler<R extends Route> = R['reply'] extends TSchema
  ? (input: Input<R> & Caller) => Promise<Reply<R>> | Reply<R>
  : (
      input: Input<R> & Caller & { readonly lastEventId: string | null; readonly open: () => EventStream },
    ) => Promise<void>;

export type Handlers<C extends Contract> = {
  readonly [Name in keyof C]: C[Name] extends Route ? Handler<C[Name]> : never;
};

/** Serves the routes of a contract. A missing or superfluous handler does not compile. */
export function serve<C extends Contract>(app: FastifyInstance, contract: C, handlers: Handlers<C>): void {
  for (const name of Object.keys(contract) as (RouteName & keyof C)[]) {
    const route: Route = contract[name] as Route;
    const [method, url] = name.split(' ') as [HTTPMethods, string];
    const handler = handlers[name] as (input: unknown) => unknown;
    app.route({
      method,
      url,
      schema: schemaOf(route),
      config: {
        right: route.right,
        stricter: route.stricter ?? null,
        placed: route.placed ?? false,
        stream: route.reply === undefined,
      },
      handler: async (request, reply) => {
        const { params, query, body, asker } = request;
        const input = {
          params,
          query,
          body,
          asker,
          session: sessionCookie(request, reply),
          site: siteOf(request),
          address: request.ip,
        };
        if (route.reply !== undefined) return handler(input);
        await handler({ ...input, lastEventId: lastEventId(request), open: () => openEventStream(reply) });
        return reply;
      },
    });
  }
}

function siteOf({ hostname, protocol, host }: FastifyRequest): Site {
  return { name: hostname, origin: `${protocol}://${host}` };
}

function schemaOf({ params, query, body, reply }: Route): FastifySchema {
  return {
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    ...(reply && { response: { 200: withoutLimits(reply) } }),
  };
}

function lastEventId(request: FastifyRequest): string | null {
  const header = request.headers['last-event-id'];
  return typeof header === 'string' ? header : null;
}

/** Writes replies by their schemas: nothing leaves that a contract does not name. */
export function writeReply({ schema }: { schema: unknown }) {
  let write: ((data: unknown) => string) | null = null;
  return (data: unknown) => {
    write ??= fastJsonStringify(schema as Parameters<typeof fastJsonStringify>[0]);
    return write(data);
  };
}

/** What limits what comes in says nothing of what goes out: what was stored under older rules is still read. */
const LIMITS = new Set([
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
]);

/** A schema as plain JSON Schema, without its limits. */
export function withoutLimits(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema), function (this: unknown, key: string, value: unknown) {
    // A member that happens to be called so is a schema of its own, or is in a list of names.
    return LIMITS.has(key) && (typeof value !== 'object' || value === null) && !Array.isArray(this) ? undefined : value;
  }) as unknown;
}
