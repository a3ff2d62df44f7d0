import type { FastifyInstance, FastifyRequest, FastifySchema, HTTPMethods } from 'fastify';
import fastJsonStringify from 'fast-json-stringify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Contract, Input, Reply, Route, RouteName } from '../../contract/contract.ts';
import type { Asker } from '../../core/access/asker.ts';
import { type SessionCookie, sessionCookie } from './session-cookie.ts';
import { type EventStream, openEventStream } from './event-stream.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set by the guard before any handler runs. */
    asker: Asker;
  }
}

/** What every handler is given beside what its route declares. */
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
      config: { right: route.right, stricter: route.stricter ?? null, placed: route.placed ?? false },
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
    ...(reply && { response: { 200: JSON.parse(JSON.stringify(reply)) as unknown } }),
  };
}

function lastEventId(request: FastifyRequest): string | null {
  const header = request.headers['last-event-id'];
  return typeof header === 'string' ? header : null;
}

/**
 * Checks what comes in. What stands in the path is text and is read as what it should be; a body is taken as it is. Three
 * hundred routes are compiled when they are first asked for, not at the start of the node.
 */
export function checkInput({ schema, httpPart }: { schema: unknown; httpPart?: string | undefined }) {
  let checker: ReturnType<typeof Compile> | null = null;
  const numbers = httpPart === 'body' ? [] : numberNames(schema as TSchema);
  return (data: unknown) => {
    checker ??= Compile(schema as TSchema);
    const value = numbers.length === 0 ? data : withNumbers(data as Record<string, unknown>, numbers);
    if (!checker.Check(value)) return { error: [...checker.Errors(value)] as unknown as Error };
    if (!isStorable(value))
      return {
        error: [{ instancePath: '', message: 'text must be well-formed Unicode without NUL' }] as unknown as Error,
      };
    return { value };
  };
}

/** Writes replies by their schemas: nothing leaves that a contract does not name. */
export function writeReply({ schema }: { schema: unknown }) {
  let write: ((data: unknown) => string) | null = null;
  return (data: unknown) => {
    write ??= fastJsonStringify(schema as Parameters<typeof fastJsonStringify>[0]);
    return write(data);
  };
}

/** The members of a path or query that are whole numbers. */
function numberNames(schema: TSchema): string[] {
  const { properties = {} } = schema as { properties?: Record<string, { type?: string }> };
  return Object.keys(properties).filter((name) => properties[name]?.type === 'integer');
}

function withNumbers(data: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  const value = { ...data };
  for (const name of names) {
    const text = value[name];
    if (typeof text === 'string' && /^-?\d{1,15}$/.test(text)) value[name] = Number(text);
  }
  return value;
}

/** No NUL and no half of a surrogate pair anywhere: PostgreSQL would refuse them and take a whole batch with it. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (value === null || typeof value !== 'object') return true;
  return Object.entries(value).every(([key, member]) => isStorable(key) && isStorable(member));
}
