import type pg from 'pg';

/** A step of a plan, as EXPLAIN (VERBOSE, FORMAT JSON) gives it. */
interface Step {
  readonly 'Node Type': string;
  readonly 'Parent Relationship'?: string;
  readonly 'Join Type'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Subplan Name'?: string;
  readonly Alias?: string;
  readonly Strategy?: string;
  readonly Filter?: string;
  readonly 'Join Filter'?: string;
  readonly Output?: readonly string[];
  readonly Plans?: readonly Step[];
}

/** What is known of the columns of a statement's answer: may they be null? `null`: that cannot be told. */
export type Nulls = readonly (boolean | null)[];

/** Tells by the plan of a statement which columns of its answer may be null. */
export interface NullReader {
  /** Null when this version of the database makes no plan without values. */
  nullsOf(text: string): Promise<Nulls | null>;
}

/**
 * Plans say what the words of a statement mean: which side of a join may be missing, and what the conditions rule out. They are made
 * without indexes and hashes, so that each condition is seen where it holds.
 */
export async function openNullReader(client: pg.Client): Promise<NullReader> {
  const { rows: versions } = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::integer as version`,
  );
  if ((versions[0]?.version ?? 0) < WITH_GENERIC_PLANS) return { nullsOf: () => Promise.resolve(null) };
  for (const way of ['indexscan', 'indexonlyscan', 'bitmapscan', 'hashjoin', 'mergejoin', 'memoize', 'material'])
    await client.query(`set enable_${way} = off`);
  const { rows: columns } = await client.query<{ place: string }>(
    `select c.relname || '.' || a.attname as place from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attnotnull`,
  );
  const empty = new Set(columns.map(({ place }) => place));
  const { rows: functions } = await client.query<{ name: string }>(
    `select proname as name from pg_proc where prokind = 'f' group by proname having bool_and(proisstrict)`,
  );
  const strict = new Set(functions.map(({ name }) => name));
  return {
    nullsOf: async (text) => {
      if (!PLANNED.test(text)) return [];
      const { rows } = await client.query<{ 'QUERY PLAN': readonly [{ readonly Plan: Step }] }>(
        `explain (verbose, generic_plan, format json) ${text}`,
      );
      const root = rows[0]?.['QUERY PLAN'][0].Plan;
      if (root === undefined) return [];
      const [nullable, certain, missing, tables] = [
        new Set<string>(),
        new Set<string>(),
        new Set<string>(),
        new Set<string>(),
      ];
      const known: Known = { nullable, certain, missing, tables, inner: new Map() };
      look(root, empty, known, false);
      // A plan of one table names its columns without it.
      if (!/"Alias"[^]*"Alias"/.test(JSON.stringify(root)))
        for (const names of [nullable, certain]) {
          const short = Array.from(names, (name) => name.slice(name.indexOf('.') + 1));
          for (const name of short) names.add(name);
        }
      const isPlain = isPlainAggregate(root);
      return (root.Output ?? []).map((output) => mayBeNull(output, known, strict, isPlain));
    },
  };
}

const WITH_GENERIC_PLANS = 160_000;
const PLANNED = /^\s*(select|insert|update|delete|with|values)\b/i;

/** What a plan says of the names in it. */
interface Known {
  /** Columns of tables that may be empty. */
  readonly nullable: Set<string>;
  /** Columns that a condition keeps from being null. */
  readonly certain: Set<string>;
  /** What may be missing from a join. */
  readonly missing: Set<string>;
  /** The names that tables have here. */
  readonly tables: Set<string>;
  /** The queries within expressions, by the names that plans give them. */
  readonly inner: Map<string, Step>;
}

/** Gathers what the steps say. `isOuter`: the step is on the side of a join that may have no row. */
function look(step: Step, nullable: ReadonlySet<string>, known: Known, isOuter: boolean): void {
  const { Alias: alias, 'Relation Name': relation } = step;
  if (alias !== undefined && isOuter) known.missing.add(alias);
  if (alias !== undefined && relation !== undefined)
    for (const place of nullable)
      if (place.startsWith(`${relation}.`)) known.nullable.add(`${alias}.${place.slice(relation.length + 1)}`);
  if (alias !== undefined && relation !== undefined) known.tables.add(alias);
  if (!isOuter) for (const name of neverNull(step.Filter ?? '')) known.certain.add(name);
  if (!isOuter && HOLDS.has(step['Join Type'] ?? ''))
    for (const name of neverNull(step['Join Filter'] ?? '')) known.certain.add(name);
  for (const part of step.Plans ?? []) {
    const side = part['Parent Relationship'];
    noteInner(part, known);
    const join = step['Join Type'];
    const isMissing =
      (join === 'Left' && side === 'Inner') || (join === 'Right' && side === 'Outer') || join === 'Full';
    if (side === 'Outer' || side === 'Inner' || side === 'Subquery' || side === 'Member')
      look(part, nullable, known, isOuter || isMissing);
  }
}

/** Joins whose condition holds for every row that comes out of them. */
const HOLDS = new Set(['Inner', 'Semi']);

/** The columns of which a condition says that they are not null, or compares them with something: both leave out null. */
function neverNull(filter: string): string[] {
  if (/ OR /.test(filter))
    return andParts(filter)
      .filter((part) => !/ OR /.test(part))
      .flatMap(neverNull);
  return andParts(filter).flatMap((part) => {
    if (/ IS (?!NOT NULL\)*$)/.test(part)) return [];
    const said = /^\(*([\w.]+)(?:\)?::\w+)?(?: IS NOT NULL| [^\w\s(]+ (?:([\w.]+)\)*$|[^ ].*))\)*$/.exec(part);
    return said === null ? [] : said.slice(1).filter((name) => name !== undefined);
  });
}

/** The parts that a condition joins by AND, at its outermost level. */
function andParts(filter: string): string[] {
  const inner = /^\((.*)\)$/s.exec(filter)?.[1] ?? filter;
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < inner.length; at++) {
    if (inner[at] === '(') depth += 1;
    if (inner[at] === ')') depth -= 1;
    if (depth === 0 && inner.startsWith(' AND ', at)) {
      parts.push(inner.slice(from, at));
      from = at + 5;
    }
  }
  return [...parts, inner.slice(from)];
}

function isPlainAggregate(step: Step): boolean {
  if (step['Node Type'] === 'Aggregate') return step.Strategy === 'Plain';
  const [only, ...others] = (step.Plans ?? []).filter(({ 'Parent Relationship': side }) => side === 'Outer');
  return only !== undefined && others.length === 0 && step['Join Type'] === undefined && isPlainAggregate(only);
}

const EMPTY_OF_NOTHING = /\b(max|min|sum|avg|array_agg|json_agg|jsonb_agg|string_agg|bool_or|bool_and)\(/;

/** Notes the queries that are parts of expressions, wherever they are. */
function noteInner(step: Step, known: Known): void {
  const name = step['Subplan Name'];
  if (name !== undefined) known.inner.set(name, step);
  for (const part of step.Plans ?? []) noteInner(part, known);
}

/** A query that stands for one value gives null when it finds nothing; one that adds up its rows always finds something. */
function givesNull(inner: Step, isValue: boolean): boolean | null {
  const [output = ''] = inner.Output ?? [];
  if (isPlainAggregate(inner)) return EMPTY_OF_NOTHING.test(output) && !/COALESCE|CASE/.test(output) ? true : null;
  return isValue ? true : null;
}

function mayBeNull(output: string, known: Known, strict: ReadonlySet<string>, isPlain: boolean): boolean | null {
  const [, query, once] = /^\(*(?:(SubPlan \d+)\)*|\((InitPlan \d+)\)\.col1\)*)$/.exec(output) ?? [];
  const inner = known.inner.get(query ?? once ?? '');
  if (inner !== undefined) return givesNull(inner, query !== undefined);
  const text = output.replaceAll(/'(?:[^']|'')*'/g, '0');
  const called = [...text.matchAll(/\b(\w+)\(/g)].map(([, name]) => name as string);
  const words = text.match(/\b[A-Z]{2,}\b/g) ?? [];
  if (words.some((word) => word !== 'EXTRACT' && word !== 'FROM')) return null;
  if (EMPTY_OF_NOTHING.test(text)) return isPlain ? true : null;
  if (called.some((name) => name !== 'EXTRACT' && !strict.has(name))) return null;
  const names = text.replaceAll(/::"?\w+"?(\(\d+\))?/g, '').match(/\b[a-z_]\w*(\.\w+)?\b(?!\()/g) ?? [];
  const table = (name: string) => name.slice(0, Math.max(name.indexOf('.'), 0));
  const isEmpty = names.some(
    (name) => known.missing.has(table(name)) || (known.nullable.has(name) && !known.certain.has(name)),
  );
  if (isEmpty) return true;
  return names[0] === text && (known.tables.has(table(text)) || known.certain.has(text)) ? false : null;
}
