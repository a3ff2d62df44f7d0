import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { type InputFault, inputFaultWords } from '../../core/input-fault.ts';
import { problem, type Problem } from '../../core/problems.ts';
import type { Instant } from '../../core/time/instant.ts';
import { hasSpans, spanFault } from './check-spans.ts';

/** A value that was refused: its place in its part of the request (`/scope/kind`), and why. */
export interface InputError {
  readonly instancePath: string;
  readonly message: string;
  readonly fault: InputFault;
}

/** Deeper nesting than any schema has: its sender wants to break the code that walks through it. */
const DEPTH_MAX = 64;
/** So much of a place is told: the names in it are the sender's. */
const PLACE_MAX = 200;

/**
 * Checks input. Parameters of the path are text and are converted to their type; a body is taken as it is. Three
 * hundred routes are compiled when they are first asked for, not at the start of the node. Dates have to be in the span of their meaning around
 * `now`, where one is given.
 */
export function checkInput(
  { schema, httpPart }: { schema: unknown; httpPart?: string | undefined },
  now: (() => Instant) | null = null,
) {
  let checker: Checker | null = null;
  const spanNow = now !== null && hasSpans(schema) ? now : null;
  const numbers = httpPart === 'body' ? [] : numberNames(schema as TSchema);
  return (data: unknown) => {
    const unstorable = storageFault(data, '', 0);
    if (unstorable !== null) return unstorable;
    checker ??= compiled(schema as TSchema);
    const value = numbers.length === 0 ? data : withNumbers(data as Record<string, unknown>, numbers);
    if (checker.Check(value)) {
      const misplaced = spanNow === null ? null : spanFault(schema, value, spanNow());
      return misplaced === null ? { value } : refusal(misplaced.instancePath, misplaced.fault);
    }
    const { instancePath, fault } = mostTelling(schema as TSchema, checker.Errors(value) as SchemaError[]);
    return refusal(instancePath, Array.isArray(valueAt(value, instancePath)) && isText(fault) ? REPEATED : fault);
  };
}

type Checker = ReturnType<typeof Compile>;

/** Routes that share a schema share what was made of it. */
const checkers = new WeakMap<TSchema, Checker>();

function compiled(schema: TSchema): Checker {
  const known = checkers.get(schema) ?? Compile(schema);
  checkers.set(schema, known);
  return known;
}

/** The fault of a document of which most can be told, in words for the command line: where it is, and what is permitted there. */
export function faultInWords(schema: TSchema, errors: Iterable<unknown>): string | null {
  const all = [...errors] as SchemaError[];
  if (all.length === 0) return null;
  const { instancePath, fault } = mostTelling(schema, all);
  return `${instancePath} ${inputFaultWords.en(fault)}`;
}

/** The problem that tells where a request does not fit, and what is wanted there. */
export function malformed(where: string, fault: InputFault): Problem {
  return problem('malformed-request', { where, reason: inputFaultWords.en(fault), fault });
}

export const REPEATED: InputFault = { kind: 'repeated' };

function refusal(instancePath: string, fault: InputFault) {
  const error: InputError = {
    instancePath: instancePath.slice(0, PLACE_MAX).toWellFormed(),
    message: inputFaultWords.en(fault),
    fault,
  };
  return { error: [error] as unknown as Error };
}

function isText(fault: InputFault): boolean {
  return fault.kind === 'type' && fault.type !== 'array' && fault.type !== 'object';
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

/** Null for text that can be kept. */
export function textFault(text: string): InputFault | null {
  return text.isWellFormed() && !text.includes('\0') ? null : { kind: 'unstorable' };
}

/** No NUL and no half of a surrogate pair anywhere: PostgreSQL would refuse them and take a whole batch with it. */
function storageFault(value: unknown, place: string, depth: number): ReturnType<typeof refusal> | null {
  if (typeof value === 'string') {
    const fault = textFault(value);
    return fault === null ? null : refusal(place, fault);
  }
  if (value === null || typeof value !== 'object') return null;
  if (depth === DEPTH_MAX) return refusal(place, { kind: 'too-deep' });
  for (const [key, member] of Object.entries(value)) {
    const found = storageFault(key, place, depth) ?? storageFault(member, `${place}/${key}`, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

interface SchemaError {
  readonly keyword: string;
  readonly schemaPath: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Of all that a schema finds wrong, what helps most: of a choice between shapes, the shape that was meant. */
function mostTelling(schema: TSchema, errors: readonly SchemaError[]): { instancePath: string; fault: InputFault } {
  const named = errors.filter(({ keyword }) => keyword !== 'boolean' && keyword !== 'anyOf');
  const first = named[0] ?? errors[0];
  if (first === undefined) return { instancePath: '', fault: { kind: 'misfit' } };
  const ofUnion = named.filter((one) => unionOf(one) !== null && unionOf(one) === unionOf(first));
  const choices = ofUnion.filter(({ keyword, instancePath }) => isChoice(keyword) && instancePath.includes('/'));
  const wrongShapes = new Set(choices.map(shapeOf));
  const meant = ofUnion.find((one) => !wrongShapes.has(shapeOf(one)) && isDeeper(one, ofUnion));
  if (choices.length > 0 && meant !== undefined) return told(schema, meant);
  const [choice] = choices;
  if (choice === undefined) return told(schema, first);
  const same = choices.filter(({ instancePath }) => instancePath === choice.instancePath);
  return { instancePath: choice.instancePath, fault: { kind: 'choice', allowed: same.flatMap(allowedIn) } };
}

/** The place of the choice between shapes (`#/properties/scope`), and the shape of it; null outside of one. */
function unionOf({ schemaPath }: SchemaError): string | null {
  return /^(.*?)\/anyOf\/\d+/.exec(schemaPath)?.[1] ?? null;
}

function shapeOf({ schemaPath }: SchemaError): string {
  return /^.*?\/anyOf\/\d+/.exec(schemaPath)?.[0] ?? '';
}

/** False for the branch of a choice that is not even of the right type, such as null. */
function isDeeper(one: SchemaError, others: readonly SchemaError[]): boolean {
  const shortest = Math.min(...others.map(({ instancePath }) => instancePath.length));
  return one.keyword !== 'type' || one.instancePath.length > shortest;
}

function isChoice(keyword: string): boolean {
  return keyword === 'const' || keyword === 'enum';
}

function allowedIn({ params }: SchemaError): string[] {
  const { allowedValue, allowedValues } = params as { allowedValue?: unknown; allowedValues?: unknown[] };
  return (allowedValues ?? [allowedValue]).map(String);
}

function told(schema: TSchema, error: SchemaError): { instancePath: string; fault: InputFault } {
  return { instancePath: error.instancePath, fault: faultOf(schema, error) };
}

function faultOf(schema: TSchema, error: SchemaError): InputFault {
  const { keyword, params } = error;
  const limit = Number(params['limit'] ?? params['multipleOf']);
  switch (keyword) {
    case 'const':
    case 'enum':
      return { kind: 'choice', allowed: allowedIn(error) };
    case 'required':
      return { kind: 'missing', names: params['requiredProperties'] as string[] };
    case 'additionalProperties':
      return { kind: 'unknown', names: (params['additionalProperties'] as string[]).map((name) => name.slice(0, 40)) };
    case 'type':
      return { kind: 'type', type: String(params['type']) };
    case 'format':
      return { kind: params['format'] === 'uuid' ? 'uuid' : 'date' };
    case 'pattern':
      return { kind: 'form', form: descriptionAt(schema, error.schemaPath) };
    case 'uniqueItems':
      return { kind: 'twice' };
    default: {
      const kind = LIMITS[keyword];
      return kind === undefined ? { kind: 'misfit' } : { kind, limit };
    }
  }
}

const LIMITS: Readonly<Record<string, Extract<InputFault, { readonly limit: number }>['kind']>> = {
  minimum: 'at-least',
  maximum: 'at-most',
  exclusiveMinimum: 'more-than',
  multipleOf: 'multiple',
  minLength: 'longer',
  maxLength: 'shorter',
  minItems: 'more-items',
  maxItems: 'fewer-items',
};

/** What a schema says of itself, found by the path that its error names. */
function descriptionAt(schema: TSchema, schemaPath: string): string | null {
  const found = schemaPath
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[unescaped(key)], schema);
  return (found as { description?: string } | undefined)?.description ?? null;
}

function valueAt(value: unknown, instancePath: string): unknown {
  return instancePath
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[unescaped(key)], value);
}

/** A step of a JSON pointer (RFC 6901). */
function unescaped(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}
