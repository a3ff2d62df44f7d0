import fc from 'fast-check';
import type { Chance } from './random.ts';

/** A JSON Schema, as routes are registered with it. */
export interface Shape {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Shape;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly patternProperties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

/** Values that were seen in answers, by the name they had there: what comes next can speak of what is really there. */
export interface Known {
  /** What this name must be, so that the run does not shut what it is about to check. */
  must?(name: string, chance: Chance): unknown;
  get(name: string, chance: Chance): unknown;
}

const LONG = 4_000;
/** What has broken servers: ranges, signs, dates, names of the language itself. */
export const HOSTILE: readonly unknown[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\udfffx',
  '\u202egpj.exe',
  '\u200b',
  'é'.normalize('NFD'),
  '😀'.repeat(50),
  'я'.repeat(LONG),
  'a'.repeat(LONG),
  "'; drop table visit; --",
  '%s%n%00',
  '../../../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'NaN',
  'Infinity',
  '１２３',
  '<script>alert(1)</script>',
  '${7*7}',
  '\r\nset-cookie: a=b',
  '0001-01-01',
  '9999-12-31',
  '2026-02-30',
  '2026-13-01',
  '+275760-09-13',
  '2026-02-19T00:00:00Z',
  '24:00',
  '-1',
  '1e3',
  '0x10',
  '2147483648',
  '99999999999999999999',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  0,
  -0,
  -1,
  0.5,
  1e21,
  1e308,
  32_768,
  65_536,
  2_147_483_647,
  2_147_483_648,
  -2_147_483_649,
  9_007_199_254_740_991,
  2 ** 53 + 2,
  8_640_000_000_000_001,
  -62_198_755_200_000,
  null,
  true,
  false,
  [],
  {},
  [[[[[[]]]]]],
  ['a', 'a'],
  { a: 1 },
  { toString: 'x', length: -1 },
  deep(200),
];

function deep(levels: number): unknown {
  return levels === 0 ? [] : [deep(levels - 1)];
}

const samples = new Map<string, readonly string[]>();

/** Some texts of a pattern, always the same ones. */
function textsOf(pattern: string): readonly string[] {
  const known = samples.get(pattern);
  if (known !== undefined) return known;
  let made: string[];
  try {
    made = fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { seed: 7, numRuns: 40 });
  } catch {
    made = ['scan.png', 'скан 1.pdf', 'a', 'Ж'.repeat(150)];
  }
  samples.set(pattern, made);
  return made;
}

const WORDS = ['Мария', 'Иванова', 'passport', 'нужно', '45 08 123456', '+7 903 123-45-67', 'a@b.ru', 'В142', '7', ''];
const DAYS = [
  '2026-02-18',
  '2026-02-19',
  '2026-02-20',
  '2026-02-23',
  '2026-03-01',
  '2026-12-31',
  '2000-01-01',
  '2099-12-31',
];

/** A value that a schema lets through, more often than not. */
export function fitting(shape: Shape, name: string, known: Known, chance: Chance): unknown {
  const bound = known.must?.(name, chance);
  const seen = bound ?? (chance.happens(0.75) ? known.get(name, chance) : undefined);
  if (seen !== undefined && shape.type !== 'object' && shape.type !== 'array') return seen;
  if (shape.const !== undefined) return shape.const;
  if (shape.enum !== undefined) return chance.of(shape.enum);
  if (shape.anyOf !== undefined) return fitting(chance.of(shape.anyOf), name, known, chance);
  switch (shape.type) {
    case 'string':
      return text(shape, chance);
    case 'integer':
    case 'number':
      return number(shape, chance);
    case 'boolean':
      return chance.happens(0.5);
    case 'null':
      return null;
    case 'array':
      return list(shape, name, known, chance);
    case 'object':
      return object(shape, known, chance);
    default:
      return chance.of(HOSTILE);
  }
}

function text({ format, pattern, minLength = 0, maxLength = 100 }: Shape, chance: Chance): string {
  if (format === 'uuid') return uuid(chance);
  if (format === 'date') return chance.of(DAYS);
  if (pattern !== undefined && chance.happens(0.7)) {
    const fits = textsOf(pattern).filter(({ length }) => length >= minLength && length <= maxLength);
    if (fits.length > 0) return chance.of(fits);
  }
  const plain = chance.of(WORDS);
  if (chance.happens(0.1)) return 'Щ'.repeat(maxLength);
  return plain.padEnd(minLength, 'я').slice(0, maxLength);
}

export function uuid(chance: Chance): string {
  const hex = (digits: number) => Array.from({ length: digits }, () => chance.below(16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}

function number({ type, minimum = 0, maximum = 1_000 }: Shape, chance: Chance): number {
  if (chance.happens(0.15)) return chance.happens(0.5) ? minimum : maximum;
  const most = chance.happens(0.8) ? Math.min(maximum, minimum + 20) : maximum;
  const made = minimum + chance.next() * (most - minimum);
  return type === 'integer' ? Math.floor(made) : made;
}

function list({ items, minItems = 0, maxItems = 4 }: Shape, name: string, known: Known, chance: Chance): unknown[] {
  const many = chance.happens(0.03) ? maxItems : Math.min(maxItems, minItems + chance.below(4));
  return Array.from({ length: Math.min(many, 200) }, () => fitting(items ?? {}, singular(name), known, chance));
}

function singular(name: string): string {
  return name.replace(/s$/, '');
}

function object(
  { properties = {}, patternProperties = {}, required = [] }: Shape,
  known: Known,
  chance: Chance,
): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(properties))
    if (required.includes(name) || chance.happens(0.5)) made[name] = fitting(inner, name, known, chance);
  for (const [pattern, inner] of Object.entries(patternProperties))
    for (const name of [chance.of(['why', 'fullName']), chance.of(textsOf(pattern))])
      if (chance.happens(0.5)) made[name] = fitting(inner, name, known, chance);
  return made;
}

/** The value with something in it that does not belong there. */
export function spoilt(value: unknown, chance: Chance): unknown {
  if (value !== null && typeof value === 'object' && chance.happens(0.85)) {
    const keys = Object.keys(value);
    if (keys.length > 0) {
      const key = chance.of(keys);
      const inner = (value as Record<string, unknown>)[key];
      if (Array.isArray(value)) return value.map((one, index) => (String(index) === key ? spoilt(one, chance) : one));
      if (chance.happens(0.08)) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
      if (chance.happens(0.08))
        return { ...value, [chance.of(HOSTILE.filter((one) => typeof one === 'string'))]: inner };
      return { ...value, [key]: spoilt(inner, chance) };
    }
  }
  return chance.of(HOSTILE);
}
