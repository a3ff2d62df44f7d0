import { catalogue } from '../core/problem-catalogue.ts';
import { ANYBODY, RIGHTS } from '../core/access/roles.ts';
import { type Contract, type Route, type RouteName, successOf } from './contract.ts';
import { CASE_FIELD_WORDS } from './case-field-words.ts';
import { FIELD_WORDS } from './field-words.ts';
import { BODY_EXAMPLES, PARAMETER_EXAMPLES } from './examples.ts';
import { RARE_FIELD_WORDS } from './rare-field-words.ts';
import { TAGS, tagOf } from './tags.ts';

type Json = Record<string, unknown>;

/** The contract as an OpenAPI 3.1 document. */
export function openApi(contract: Contract, version: string): Json {
  const paths: Record<string, Json> = {};
  const schemas: Record<string, Json> = { Problem: problemSchema };
  for (const [name, route] of Object.entries(contract)) {
    const [method, path] = name.split(' ') as [string, string];
    const template = path.replaceAll(/:(\w+)/g, '{$1}');
    paths[template] = { ...paths[template], [method.toLowerCase()]: operation(name, route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Okno',
      version,
      description: 'One-stop public service centres: halls, bookings, applications and the network around them.',
      contact: { name: 'The maintainers of Okno' },
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The installation that serves this description' }],
    tags: TAGS.map(({ name, description }) => ({ name, description })),
    paths,
    components: { schemas, responses: usualFailures, securitySchemes },
  };
}

function operation(name: string, route: Route, schemas: Record<string, Json>): Json {
  const plain = (schema: unknown) => inComponents(schema, schemas);
  return {
    operationId: operationId(name, route),
    tags: [tagOf(name)],
    summary: route.summary,
    description: descriptionOf(route),
    security: securityOf(route),
    parameters: [...parameters('path', route.params, plain), ...parameters('query', route.query, plain)],
    ...requestBody(name, route, plain),
    responses: { [successOf(route)]: success(route, plain), ...failures(route) },
  };
}

/** `GET /api/centres/:centreId/hall` → `getCentresHall`; one that ends with a parameter: `GET /api/centres/:centreId` → `getCentresByCentreId`; a page: `getCentresPage`. */
function operationId(name: string, { gives }: Route): string {
  const last = /:(\w+)$/.exec(name)?.[1];
  const words = name.replace('/api/', '/').split(/[\s/.-]+/);
  const named = [
    ...words.filter((word) => word !== '' && !word.startsWith(':')),
    ...(last === undefined ? [] : ['by', last]),
    ...(gives?.[0] === 'text/html' ? ['page'] : []),
  ];
  return named
    .map((word, index) => (index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
}

type Plain = (schema: unknown) => Json;

function parameters(place: 'path' | 'query', schema: Route['params'], plain: Plain): Json[] {
  if (schema === undefined) return [];
  const { properties, required = [] } = plain(schema) as { properties: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...describedAs(name, schema),
    schema: property,
    ...(name in PARAMETER_EXAMPLES &&
      fits(property, PARAMETER_EXAMPLES[name]) && { example: PARAMETER_EXAMPLES[name] }),
  }));
}

/** A parameter's own words, those of its type, or those that its name has everywhere. */
function describedAs(name: string, schema: unknown): Json {
  const { description = WORDS[name] } = (schema as { properties: Record<string, Json> }).properties[name] ?? {};
  return description === undefined ? {} : { description };
}

const WORDS: Readonly<Record<string, string>> = { ...FIELD_WORDS, ...CASE_FIELD_WORDS, ...RARE_FIELD_WORDS };
function requestBody(name: string, { body, takes }: Route, plain: Plain): Json {
  if (takes !== undefined) {
    const schema = body === undefined ? BYTES : plain(body);
    return { requestBody: { required: true, content: ofTypes(takes, schema) } };
  }
  if (body === undefined) return {};
  const example = BODY_EXAMPLES[name as RouteName];
  const content = { 'application/json': { schema: plain(body), ...(example !== undefined && { example }) } };
  return { requestBody: { required: true, content } };
}

function success(route: Route, plain: Plain): Json {
  const { reply, gives = [], location } = route;
  const described = {
    description: OUTCOMES[successOf(route)],
    ...(location !== undefined && { headers: made(location) }),
  };
  if (reply !== undefined) return { ...described, content: ofTypes(['application/json'], plain(reply)) };
  if (gives.length === 0) return described;
  return { ...described, content: Object.assign({}, ...gives.map((type) => ofTypes([type], textOrBytes(type)))) };
}

const OUTCOMES: Readonly<Record<number, string>> = {
  200: 'Done',
  201: 'Made',
  202: 'Taken: it will be done',
  204: 'Done; there is nothing to say',
};

function made(location: string): Json {
  const description = `Where it is: \`${location.replaceAll(/:(\w+)/g, '{$1}')}\``;
  return { Location: { description, schema: { type: 'string', format: 'uri-reference' } } };
}

const BYTES = { type: 'string', format: 'binary' };

function textOrBytes(type: string): Json {
  if (type === 'application/json') return { type: 'object' };
  return /^text\/|xml$/.test(type) && type !== 'image/svg+xml' ? { type: 'string' } : BYTES;
}

function ofTypes(types: readonly string[], schema: Json): Json {
  return Object.fromEntries(types.map((type) => [type, { schema }]));
}

/** The permitted callers: anyone, or a signed-in person, a device or a program with the right. */
function securityOf({ right, body }: Route): Json[] {
  const known = [{ session: [] }, { key: [] }, { device: [] }];
  if (right === null) return [];
  // A secret travels in the body only, and OpenAPI knows no such scheme: the description names it.
  if (ANYBODY.includes(right)) return hasSecret(body) ? [] : [{}, ...known];
  return known;
}

function hasSecret(body: Route['body']): boolean {
  const { properties = {} } = (body ?? {}) as { properties?: object };
  return 'token' in properties;
}

/** What a caller has to know beyond the summary: the right, how often, and what may be refused. */
function descriptionOf({ right, placed, stricter, measure, body, problems }: Route): string {
  const lines = [
    right === null ? 'For anyone: nobody is identified.' : `Right: \`${right}\` (${RIGHTS[right].en}).`,
    hasSecret(body) ? 'The secret in the body (`token`) is the proof: it opens one ticket or one booking.' : '',
    placed === true ? 'The right counts at the place of what is asked for.' : '',
    stricter === undefined ? '' : `With \`${stricter.member}\` in the body: right \`${stricter.right}\`.`,
    measure === undefined ? '' : 'Asked too often from one address: `too-many-requests`.',
    problems.length === 0 ? '' : `Problems: ${problems.map((code) => `\`${code}\``).join(', ')}.`,
  ];
  return lines.filter((line) => line !== '').join('\n\n');
}

const securitySchemes = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-okno-session',
    description: 'A signed-in person (`POST /api/session`). Over plain HTTP the cookie is called `okno-session`.',
  },
  key: { type: 'http', scheme: 'bearer', description: 'A program with a key (`okno key`, `okno partner add`).' },
  device: {
    type: 'http',
    scheme: 'DPoP',
    description: 'A device that was paired, with a proof of its key in the header `DPoP` (RFC 9449).',
  },
};

/** A parameter of the same name may be of another kind. */
function fits({ type }: Json, example: unknown): boolean {
  if (type === 'integer') return Number.isInteger(example);
  return type === 'string' && typeof example === 'string';
}

function failures(route: Pick<Route, 'problems'>): Json {
  const byStatus = new Map<number, string[]>();
  for (const code of new Set([...route.problems, 'malformed-request', 'internal'] as const)) {
    const { status } = catalogue[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => {
        const [first = ''] = codes;
        const isUsual = codes.length === 1 && first in usualFailures;
        return [status, isUsual ? { $ref: `#/components/responses/${first}` } : failure(codes)];
      }),
  );
}

function failure(codes: readonly string[]): Json {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return { description: codes.join(', '), content };
}

/** Answers that nearly every route may give are defined once. */
const usualFailures: Record<string, Json> = Object.fromEntries(
  ['malformed-request', 'internal'].map((code) => [code, failure([code])]),
);

const problemSchema = {
  type: 'object',
  description:
    'RFC 9457. `code` is for programs, `detail` is a sentence for people in the language of Accept-Language (ru, en).',
  required: ['type', 'title', 'status', 'code', 'params', 'detail'],
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'The address of this kind of problem' },
    title: { type: 'string', description: 'The code in words' },
    status: { type: 'integer', description: 'The HTTP status' },
    code: { type: 'string', enum: Object.keys(catalogue), description: 'What programs compare' },
    params: { type: 'object', description: 'What the sentence speaks of, for programs' },
    detail: { type: 'string', description: 'A sentence that a person can act on' },
  },
};

/** The members of an object, each with the words that it has everywhere, unless it has some of its own. */
function withWords(value: unknown): unknown {
  const { type, properties } = (value ?? {}) as { type?: unknown; properties?: Record<string, Json> };
  if (type !== 'object' || properties === undefined) return value;
  const named = Object.entries(properties).map(([name, member]) => {
    const words = 'title' in member || 'description' in member ? undefined : WORDS[name];
    return [name, words === undefined ? member : { ...member, description: words }];
  });
  return { ...(value as Json), properties: Object.fromEntries(named) as Json };
}

/** The schema without the parts that only TypeBox reads. A schema with a title is defined once, under that name. */
function inComponents(schema: unknown, schemas: Record<string, Json>): Json {
  const written = JSON.stringify(schema, (_, value: unknown) => {
    const { title, ...rest } = (value ?? {}) as { title?: unknown };
    if (typeof title !== 'string') return withWords(value);
    schemas[title] ??= inComponents(rest, schemas);
    return { $ref: `#/components/schemas/${title}` };
  });
  return JSON.parse(written) as Json;
}
