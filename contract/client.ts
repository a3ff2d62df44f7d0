import type { Contract, Input, JsonRoutes, Reply } from './contract.ts';
import type { contract } from './index.ts';

/** The routes that programs call: pages and files are fetched by their addresses. */
export type CalledRoutes = JsonRoutes<typeof contract>;

/** A call of a route by its name: what it takes and gives is what the contract says. */
export type Call = <Name extends keyof CalledRoutes>(
  name: Name,
  input: Input<CalledRoutes[Name]>,
) => Promise<Reply<CalledRoutes[Name]>>;

/** The HTTP request of a call. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body: string | null;
}

/** The request of a route: its parameters put into its path. */
export function requestOf(
  name: keyof Contract,
  input: { readonly params?: unknown; readonly query?: unknown; readonly body?: unknown },
): Request {
  const [method, template] = name.split(' ') as [string, string];
  const params = (input.params ?? {}) as Record<string, string | number>;
  const path = template.replaceAll(/:(\w+)/g, (_, parameter: string) => encodeURIComponent(String(params[parameter])));
  const query = new URLSearchParams((input.query ?? {}) as Record<string, string>).toString();
  return {
    method,
    path: query === '' ? path : `${path}?${query}`,
    body: input.body === undefined ? null : JSON.stringify(input.body),
  };
}
