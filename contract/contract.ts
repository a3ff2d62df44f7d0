import type { Static, TSchema } from 'typebox';
import type { Right } from '../core/access/roles.ts';
import type { ProblemCode } from '../core/problems.ts';

/** `METHOD /path/:parameter`: the only name of an endpoint, from the button to the test. */
export type RouteName = `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`;

/** The parameters, body and reply of a route. Without `reply` it gives a stream of server-sent events. */
export interface Route {
  readonly summary: string;
  /** Who may call it; see core/access/roles.ts. */
  readonly right: Right;
  /** True where the right counts at a place that only the handler knows: it checks that place itself. */
  readonly placed?: true;
  /** A body with this member set asks for more, and needs this right. */
  readonly stricter?: { readonly member: string; readonly right: Right };
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  readonly reply?: TSchema;
  /** The problems that a caller must expect here, apart from malformed-request and internal. */
  readonly problems: readonly ProblemCode[];
}

export type Contract = Readonly<Record<RouteName, Route>>;

type Shape<Schema> = Schema extends TSchema ? Static<Schema> : undefined;

/** What a caller sends to a route. */
export type Input<R> = { readonly [Part in Extract<keyof R, 'params' | 'query' | 'body'>]: Shape<R[Part]> };

/** What a route answers. */
export type Reply<R> = R extends { readonly reply: infer Schema } ? Shape<Schema> : undefined;
