import type { InputFault } from '../../core/input-fault.ts';
import { type DateSpan, daysOfSpan } from '../../core/time/date-span.ts';
import type { CivilDate } from '../../core/time/civil.ts';
import type { Instant } from '../../core/time/instant.ts';

/** The part of a schema that is read here. */
interface SpanSchema {
  readonly 'x-span'?: DateSpan;
  readonly properties?: Readonly<Record<string, SpanSchema>>;
  readonly items?: SpanSchema;
  readonly anyOf?: readonly SpanSchema[];
}

interface Misplaced {
  readonly instancePath: string;
  readonly fault: InputFault;
}

/** True for a schema in which some date says in which span it is. */
export function hasSpans(schema: unknown): boolean {
  return JSON.stringify(schema ?? {}).includes('"x-span"');
}

/** The first date of a value, which fits its schema, that is too far from today for its meaning; null where there is none. */
export function spanFault(schema: unknown, value: unknown, now: Instant): Misplaced | null {
  return misplaced(schema as SpanSchema, value, '', dateOf(now));
}

function misplaced(schema: SpanSchema, value: unknown, place: string, today: CivilDate): Misplaced | null {
  const span = schema['x-span'];
  if (span !== undefined) return placedIn(span, value, place, today);
  for (const one of schema.anyOf ?? []) {
    const found = misplaced(one, value, place, today);
    if (found !== null) return found;
  }
  if (Array.isArray(value)) return firstOf(value.entries(), (at, one) => misplaced(schema.items ?? {}, one, at, today));
  if (value === null || typeof value !== 'object') return null;
  const members = Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, inner] as const);
  return firstOf(members, (at, inner, name) => misplaced(inner, (value as Record<string, unknown>)[name], at, today));

  function firstOf<Member>(
    all: Iterable<readonly [string | number, Member]>,
    look: (at: string, member: Member, name: string) => Misplaced | null,
  ): Misplaced | null {
    for (const [name, member] of all) {
      const found = look(`${place}/${name}`, member, String(name));
      if (found !== null) return found;
    }
    return null;
  }
}

function placedIn(span: DateSpan, value: unknown, instancePath: string, today: CivilDate): Misplaced | null {
  const day = typeof value === 'number' ? dateOf(value) : typeof value === 'string' ? value : null;
  if (day === null) return null;
  const { from, to } = daysOfSpan(span, today);
  return day >= from && day <= to ? null : { instancePath, fault: { kind: 'date-span', from, to } };
}

/** Spans are of years: the zone does not matter. */
function dateOf(at: Instant): CivilDate {
  return new Date(at).toISOString().slice(0, 10) as CivilDate;
}
