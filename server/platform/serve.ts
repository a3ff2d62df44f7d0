import type { IncomingHttpHeaders } from 'node:http';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  FastifySchema,
  HTTPMethods,
  RouteHandlerMethod,
} from 'fastify';
import fastJsonStringify from 'fast-json-stringify';
import type { Static, TSchema } from 'typebox';
import {
  type Contract,
  type Input,
  type Reply,
  type Route,
  type RouteName,
  successOf,
} from '../../contract/contract.ts';
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

/** What a handler is given: exactly what its route declares, and who asks. A handler of a route that `gives` writes the answer itself. */
export type Handler<R extends Route> = R extends { readonly gives: infer Types }
  ? Types extends typeof EVENT_STREAM
    ? (input: Input<R> & Caller & { readonly lastEventId: string | null; open(): EventStream }) => Promise<void>
    : (request: RequestOf<R>, reply: FastifyReply) => unknown
  : (input: Input<R> & Caller & Sent<R>) => Promise<Answered<R>> | Answered<R>;

/** A handler without anything to say returns nothing. */
type Answered<R> = R extends { readonly reply: TSchema } ? Reply<R> : void;

/** A request whose parameters, query and form are what the route declares. */
export type RequestOf<R> = FastifyRequest<{
  Params: Part<R, 'params'>;
  Querystring: Part<R, 'query'>;
  Body: Part<R, 'body'>;
}>;

type Part<R, Name extends string> = R extends { readonly [N in Name]: infer Schema extends TSchema }
  ? Static<Schema>
  : unknown;

/** The file that was sent, where the route takes one. */
type Sent<R> = R extends { readonly takes: unknown }
  ? { readonly file: Buffer; readonly headers: IncomingHttpHeaders }
  : object;

export type Handlers<C extends Contract> = {
  readonly [Name in keyof C]: C[Name] extends Route ? Handler<C[Name]> : never;
};

/** Serves the routes of a contract. A missing or superfluous handler does not compile. */
export function serve<C extends Contract>(app: FastifyInstance, contract: C, handlers: Handlers<C>): void {
  for (const name of Object.keys(contract) as (RouteName & keyof C)[]) {
    const route: Route = contract[name] as Route;
    const [method, url] = name.split(' ') as [HTTPMethods, string];
    app.route({
      method,
      url,
      schema: schemaOf(route),
      ...(route.bytesMax !== undefined && { bodyLimit: route.bytesMax }),
      // What people read is drawn under the policy of pages.
      ...(route.gives?.[0] === 'text/html' && { helmet: {} }),
      config: {
        right: route.right,
        stricter: route.stricter ?? null,
        placed: route.placed ?? false,
        measure: route.measure ?? null,
        takes: route.takes ?? null,
        stream: isStream(route),
      },
      handler: handlerOf(route, handlers[name]),
    });
  }
}

function handlerOf(route: Route, handler: unknown): RouteHandlerMethod {
  if (route.gives !== undefined && !isStream(route)) return handler as RouteHandlerMethod;
  const answer = handler as (input: unknown) => unknown;
  return async (request, reply) => {
    const { params, query, body, asker, headers } = request;
    const input = {
      params,
      query,
      body,
      asker,
      session: sessionCookie(request, reply),
      site: siteOf(request),
      address: request.ip,
    };
    if (!isStream(route)) {
      const file = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
      const said = await answer(route.takes === undefined ? input : { ...input, headers, file });
      void reply.code(successOf(route));
      if (route.location !== undefined) void reply.header('location', addressOf(route.location, params, said));
      return said;
    }
    await answer({ ...input, lastEventId: lastEventId(request), open: () => openEventStream(reply) });
    return reply;
  };
}

/** The address of what was made: its parameters are among those of the request, or in the answer. */
function addressOf(location: string, params: unknown, said: unknown): string {
  const values = { ...(params as object), ...(said as object) } as Record<string, string | number>;
  return location.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values[name])));
}

const EVENT_STREAM = ['text/event-stream'] as const;

function isStream({ gives }: Route): boolean {
  return gives?.[0] === EVENT_STREAM[0];
}

function siteOf({ hostname, protocol, host }: FastifyRequest): Site {
  return { name: hostname, origin: `${protocol}://${host}` };
}

function schemaOf(route: Route): FastifySchema {
  const { params, query, body, reply } = route;
  return {
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    ...(reply && { response: { [successOf(route)]: withoutLimits(reply) } }),
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
