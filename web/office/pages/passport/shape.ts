/** The parts of a JSON Schema from which the form of a passport is drawn. */
export interface Shape {
  readonly type?: string;
  readonly enum?: readonly (string | number)[];
  readonly anyOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
}

/** A part of a passport as JSON. */
export type Part = string | number | boolean | null | readonly Part[] | { readonly [name: string]: Part };
export type Named = { readonly [name: string]: Part };

/** How a part is asked for. */
export type Kind =
  | { readonly kind: 'text' | 'long' | 'number' | 'date' | 'yes-no' }
  | { readonly kind: 'choice'; readonly options: readonly (string | number)[] }
  | { readonly kind: 'several'; readonly options: readonly (string | number)[] }
  | { readonly kind: 'both-languages'; readonly long: boolean }
  | { readonly kind: 'list'; readonly of: Shape; readonly most: number }
  | { readonly kind: 'group'; readonly members: readonly Member[] }
  | { readonly kind: 'maybe'; readonly shape: Shape };

export interface Member {
  readonly name: string;
  readonly shape: Shape;
  readonly optional: boolean;
}

const LONG = 1_000;

/** How a shape is asked for: one table instead of a form for each. */
export function kindOf(shape: Shape): Kind {
  const { type, anyOf, items, properties } = shape;
  if (anyOf !== undefined) {
    const given = anyOf.filter((one) => one.type !== 'null');
    if (given.length < anyOf.length) return { kind: 'maybe', shape: given[0] as Shape };
  }
  if (shape.enum !== undefined) return { kind: 'choice', options: shape.enum };
  if (type === 'array' && items !== undefined)
    return items.enum === undefined
      ? { kind: 'list', of: items, most: shape.maxItems ?? Infinity }
      : { kind: 'several', options: items.enum };
  if (properties !== undefined) {
    if (Object.keys(properties).join() === 'ru,en')
      return { kind: 'both-languages', long: (properties['ru']?.maxLength ?? 0) >= LONG };
    return { kind: 'group', members: membersOf(shape) };
  }
  if (type === 'boolean') return { kind: 'yes-no' };
  if (type === 'integer' || type === 'number') return { kind: 'number' };
  if (shape.format === 'date') return { kind: 'date' };
  return { kind: (shape.maxLength ?? 0) >= LONG ? 'long' : 'text' };
}

function membersOf({ properties = {}, required = [] }: Shape): Member[] {
  return Object.entries(properties).map(([name, shape]) => ({ name, shape, optional: !required.includes(name) }));
}

/** What a part is before anybody has written it. */
export function emptyOf(shape: Shape): Part {
  const kind = kindOf(shape);
  switch (kind.kind) {
    case 'maybe':
      return null;
    case 'list':
    case 'several':
      return [];
    case 'yes-no':
      return false;
    case 'number':
      return shape.minimum ?? 0;
    case 'choice':
      return kind.options[0] ?? '';
    case 'both-languages':
      return { ru: '', en: '' };
    case 'group':
      return Object.fromEntries(
        kind.members.filter(({ optional }) => !optional).map(({ name, shape: of }) => [name, emptyOf(of)]),
      );
    default:
      return '';
  }
}

/** By what an item of a list is known at a glance: its name, its words, its code; else nothing. */
export function titleOf(part: Part, language: 'ru' | 'en'): string {
  if (part === null || typeof part !== 'object') return String(part ?? '');
  if (Array.isArray(part)) return '';
  const named = part as Named;
  for (const name of ['name', 'label', 'text', 'plain']) {
    const words = named[name];
    if (words !== undefined && words !== null && typeof words === 'object')
      return String((words as Named)[language] ?? '');
  }
  return String(named['code'] ?? named['kind'] ?? named['value'] ?? named['source'] ?? named['amount'] ?? '');
}

/** A part with one of its members changed; left out where it is undefined. */
export function withMember(part: Part, name: string, value: Part | undefined): Part {
  const { [name]: before, ...rest } = part as Named;
  if (value === undefined) return rest;
  return before === undefined ? { ...rest, [name]: value } : { ...(part as Named), [name]: value };
}
