import type { Static, TSchema } from 'typebox';
import type { Right } from '../core/access/roles.ts';
import type { ProblemCode } from '../core/problems.ts';

/** `METHOD /path/:parameter`: the only name of an endpoint, from the button to the test. */
export type RouteName = `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`;

/** How often an address without a key may ask for it; the allowances are in server/modules/people/guard.ts. */
export type Measure = 'secrets' | 'kept' | 'told' | 'services' | 'times';

/** The parameters, body and answer of a route. An answer is JSON (`reply`), or one of the media types that it `gives`. */
export interface Route {
  readonly summary: string;
  /** Who may call it; see core/access/roles.ts. Null: nobody is identified, the answer is for anyone. */
  readonly right: Right | null;
  /** True where the right counts at a place that only the handler knows: it checks that place itself. */
  readonly placed?: true;
  /** A body with this member set asks for more, and needs this right. */
  readonly stricter?: { readonly member: string; readonly right: Right };
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  /** Media types of a body that is not JSON: a form, which `body` describes, or a file. */
  readonly takes?: readonly string[];
  /** The largest file in bytes. */
  readonly bytesMax?: number;
  readonly reply?: TSchema;
  /** 201: something new was made; 202: it will be done; 204: it is done, and there is nothing to say. Left out: 200 with a reply, 204 without. */
  readonly status?: 201 | 202 | 204;
  /** The address of what was made, with parameters of the request or members of the reply: `/api/applications/:applicationId`. */
  readonly location?: `/${string}`;
  /** Media types of an answer that is not JSON. Its handler writes it; `text/event-stream` never ends. */
  readonly gives?: readonly string[];
  readonly measure?: Measure;
  /** The problems that a caller must expect here, apart from malformed-request and internal. */
  readonly problems: readonly ProblemCode[];
}

/** The HTTP status of a request that succeeded. */
export function successOf({ reply, gives, status }: Route): number {
  return status ?? (reply === undefined && gives === undefined ? 204 : 200);
}

export type Contract = Readonly<Record<RouteName, Route>>;

type Shape<Schema> = Schema extends TSchema ? Static<Schema> : undefined;

/** The routes of a contract that take and give JSON, or nothing. */
export type JsonRoutes<C> = {
  readonly [
    Name in keyof C as C[Name] extends { readonly gives: unknown } | { readonly takes: unknown } ? never : Name
  ]: C[Name];
};

/** What a caller sends to a route. */
export type Input<R> = { readonly [Part in Extract<keyof R, 'params' | 'query' | 'body'>]: Shape<R[Part]> };

/** What a route answers. */
export type Reply<R> = R extends { readonly reply: infer Schema } ? Shape<Schema> : undefined;
