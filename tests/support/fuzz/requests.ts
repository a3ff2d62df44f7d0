import type { RegisteredRoute } from '../../../server/platform/http.ts';
import type { Chance } from './random.ts';
import { FUZZ_DAY } from './day.ts';
import { fitting, HOSTILE, type Known, type Shape, spoilt, uuid } from './values.ts';

/** What goes over the wire. */
export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** The route that it was made for. */
  readonly route: string;
}

/** Centres whose file is changed at random; in the others only the work of the hall goes on. */
export const LOOSE_CENTRES = [4, 5];
const CHANGES_CENTRES: ReadonlySet<string> = new Set(['change-network', 'run-centre']);
/** What ends or halts the day of a hall. */
const SHUTS = ['/close-doors', '/stop'];
/** The clock of a replay goes where it is told, and nothing goes back with it. */
const CLOCK = '/api/clock/step';

/** One request for a route: right, nearly right, or not at all. */
export function requestFor(route: RegisteredRoute, known: Known, chance: Chance): FuzzRequest {
  const wrong = chance.next();
  const spoil = (value: unknown, share: number) => (wrong < share ? spoilt(value, chance) : value);
  const confined: Known = { get: (name, by) => known.get(name, by), must: (name, by) => boundTo(route, name, by) };
  const path = pathOf(route, confined, chance, wrong) + queryOf(route, confined, chance, wrong);
  const { type, body } = bodyOf(route, confined, chance, spoil);
  const headers = { ...headersOf(chance), ...(type !== null && { 'content-type': type }) };
  return { method: route.method, path, headers, body, route: `${route.method} ${route.url}` };
}

function boundTo({ right, url }: RegisteredRoute, name: string, chance: Chance): unknown {
  if (name === 'commandId') return uuid(chance);
  if (name === 'hallOf') return chance.of(LOOSE_CENTRES);
  const changes = (right !== null && CHANGES_CENTRES.has(right)) || SHUTS.some((end) => url.endsWith(end));
  if (name === 'centreId' && (changes || url.startsWith('/api/pilots'))) return chance.of(LOOSE_CENTRES);
  // The work of a hall is done on its day.
  if (name === 'day' && url.includes('/days/:day/') && chance.happens(0.85)) return FUZZ_DAY;
  return name === 'windowId' && chance.happens(0.8) ? 1 + chance.below(4) : undefined;
}

function pathOf({ url, schema }: RegisteredRoute, known: Known, chance: Chance, wrong: number): string {
  const { properties = {} } = (schema.params ?? {}) as Shape;
  return url
    .split('/')
    .map((part) => {
      if (part === '*' || part.endsWith('*')) return chance.of(['x.js', '..%2f..%2fpackage.json', '%00', 'index.html']);
      if (!part.startsWith(':')) return part;
      const name = part.slice(1);
      const right = fitting(properties[name] ?? { type: 'string' }, ALIASES[name] ?? name, known, chance);
      return encoded(wrong < 0.08 ? chance.of(HOSTILE) : right);
    })
    .join('/');
}

function queryOf({ url, schema }: RegisteredRoute, known: Known, chance: Chance, wrong: number): string {
  const shape = schema.querystring as Shape | undefined;
  const query = url.startsWith('/api/')
    ? ((shape === undefined ? {} : fitting(shape, 'query', known, chance)) as Record<string, unknown>)
    : Object.fromEntries(pagePairs(shape, 0.25, known, chance));
  const pairs = Object.entries(query).map(([name, value]) => [
    name,
    wrong > 0.9 && chance.happens(0.5) ? chance.of(HOSTILE) : value,
  ]);
  if (wrong > 0.96 && pairs[0] !== undefined) pairs.push(pairs[0]);
  if (wrong > 0.98) pairs.push([chance.of(HOSTILE), chance.of(HOSTILE)]);
  return pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')}`;
}

/** Some of what a page may be told by its address or a form. */
function pagePairs(shape: Shape | undefined, share: number, known: Known, chance: Chance): [string, unknown][] {
  const names = Object.keys(shape?.properties ?? {}).filter(() => chance.happens(share));
  return names.map((name) => [name, pageValue(name, known, chance)]);
}

function pageValue(name: string, known: Known, chance: Chance): unknown {
  const seen = known.get(ALIASES[name] ?? name, chance);
  return seen !== undefined && chance.happens(0.8) ? seen : chance.of([...HOSTILE, '1', 'ru', 'en', '2026-02-20']);
}

/** What fields of pages are called in answers of the API. */
const ALIASES: Readonly<Record<string, string>> = {
  service: 'serviceId',
  centre: 'centreId',
  from: 'centreId',
  command: 'commandId',
  booking: 'bookingId',
  id: 'serviceId',
  birth: 'day',
};

function bodyOf(
  route: RegisteredRoute,
  known: Known,
  chance: Chance,
  spoil: (value: unknown, share: number) => unknown,
): { type: string | null; body: Buffer | null } {
  if (route.method === 'GET' || route.method === 'HEAD') return { type: null, body: null };
  const shape = route.schema.body as Shape | undefined;
  if (route.takes !== null)
    return shape === undefined && route.url.startsWith('/api/') ? upload(chance) : form(shape, known, chance);
  const isClock = route.url === CLOCK;
  if (chance.happens(0.03)) return oddBody(chance);
  if (shape === undefined) return { type: null, body: null };
  const value = isClock
    ? { to: chance.of(HOSTILE.filter((one) => typeof one !== 'number' || one < 0)) }
    : fitting(shape, 'body', known, chance);
  const json = JSON.stringify(spoil(value, 0.4)) ?? '';
  return {
    type: chance.happens(0.98) ? 'application/json' : 'application/json; charset=utf-16',
    body: Buffer.from(json),
  };
}

function form(shape: Shape | undefined, known: Known, chance: Chance): { type: string; body: Buffer } {
  const pairs = pagePairs(shape, 0.5, known, chance);
  if (chance.happens(0.05) && pairs[0] !== undefined) pairs.push(pairs[0]);
  if (chance.happens(0.05)) pairs.push([String(chance.of(HOSTILE)), chance.of(HOSTILE)]);
  const text = pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
  return { type: 'application/x-www-form-urlencoded', body: Buffer.from(text) };
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABQAQMAAACTceEGAAAABlBMVEX///8AAABVwtN+AAAACXBIWXMAAAsTAAALEwEAmpwYAAAAHUlEQVQokWNgoBb4DwakMmgH/sMs+E8KYxQMbQAAqlk7xbmEnjsAAAAASUVORK5CYII=',
  'base64',
);
const ONE_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const FILES: readonly Buffer[] = [
  PNG,
  ONE_PIXEL,
  PNG.subarray(0, 20),
  Buffer.from('%PDF-1.4\n%%EOF'),
  Buffer.from('%PDF-1.7\n1 0 obj <</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>> endobj'),
  Buffer.from('ffd8ffe000104a464946', 'hex'),
  Buffer.from('49492a0008000000', 'hex'),
  Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  Buffer.from('<!doctype html><p>x'),
  Buffer.alloc(0),
  Buffer.alloc(300_000, 1),
];

function upload(chance: Chance): { type: string; body: Buffer } {
  const types = [
    'image/png',
    'application/pdf',
    'image/svg+xml',
    'text/html',
    'application/json',
    'multipart/form-data; boundary=x',
    'x',
    '',
  ];
  return { type: chance.of(types), body: chance.of(FILES) };
}

/** Bodies that are no JSON, or more of it than anybody needs. */
function oddBody(chance: Chance): { type: string; body: Buffer } {
  const type = chance.of([
    'application/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
  ]);
  const bodies = [
    '{"a":',
    '[]',
    'null',
    '1e400',
    '"\\ud800"',
    '{"__proto__":{"a":1}}',
    '{"constructor":{"prototype":{"a":1}}}',
    '['.repeat(30_000),
    `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
    '{"a":'.repeat(5_000),
    `{"commandId":"${'x'.repeat(70_000)}"}`,
    '--x\r\ncontent-disposition: form-data; name="a"; filename="../a"\r\n\r\n1\r\n--x--',
    '\ufeff{}',
    '',
  ];
  return { type, body: Buffer.from(chance.of(bodies)) };
}

/** Headers that say more, or less, than they should. */
function headersOf(chance: Chance): Record<string, string> {
  const headers: Record<string, string> = {};
  const odd = (name: string, probability: number, values: readonly string[]) => {
    if (chance.happens(probability)) headers[name] = chance.of(values);
  };
  odd('accept', 0.2, ['text/html', '*/*', 'text/html,application/xhtml+xml;q=0.9', 'x'.repeat(500)]);
  odd('accept-language', 0.2, ['en', 'ru', 'en-GB,ru;q=0.5', '*', ';;;,,,', 'x'.repeat(2_000)]);
  odd('cookie', 0.08, [
    'okno-session=x',
    'okno-booking=%00',
    'okno-lang=en',
    'a=b; a=c; =; ;',
    `okno-visitor=${'x'.repeat(3_000)}`,
    'okno-login=%7B',
  ]);
  odd('authorization', 0.03, ['Bearer x', 'DPoP x', 'Basic eDp4', 'Bearer', 'Bearer \u00ff']);
  odd('dpop', 0.02, ['x', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.']);
  odd('range', 0.05, ['bytes=0-', 'bytes=5-1', 'bytes=99999-', 'bytes=-5', 'bytes=0-0,2-3', 'lines=1-2', 'bytes=-']);
  odd('last-event-id', 0.05, ['2026-02-19/1', '9999-99-99/1', 'x', '2026-02-19/1e9', '2026-02-19/-1']);
  odd('origin', 0.03, ['https://evil.example', 'null', 'x']);
  odd('sec-fetch-site', 0.03, ['cross-site', 'same-origin', 'x']);
  odd('x-forwarded-for', 0.02, ['1.2.3.4', 'x', '::1, ::2']);
  odd('if-none-match', 0.02, ['*', '"x"']);
  odd('content-encoding', 0.01, ['gzip', 'x']);
  return headers;
}

/** As a part of an address; halves of a pair of surrogates, too, as those write them who know no better. */
function encoded(value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80';
}
