import type { Column, Describer, Description, Parameter } from './describe.ts';
import type { QueryCall, Statement } from './extract.ts';
import type { Member, RowType } from './row-type.ts';

/**
 * What is wrong with the statements of some calls, each with its place. A call whose texts only the running program knows is judged by
 * samples of them, by its home.
 */
export async function statementFaults(
  describer: Describer,
  calls: readonly QueryCall[],
  samples: ReadonlyMap<string, readonly string[]> = new Map(),
): Promise<string[]> {
  const faults = new Set<string>();
  for (const { place, home, statements, unknown, row } of calls) {
    const known = samples.get(home);
    if (unknown !== null && known === undefined) faults.add(`${place}: its text cannot be told: ${unknown}`);
    const sampled = unknown === null ? [] : (known ?? []).map((text) => ({ text, values: null, row }));
    for (const statement of [...statements, ...sampled].flatMap(apart))
      for (const fault of await faultsOf(describer, statement)) faults.add(`${place}: ${fault}`);
  }
  return [...faults];
}

/** Statements that are sent in one text without values are statements of their own. */
function apart(statement: Statement): Statement[] {
  if (statement.values?.length !== 0 || !/;\s*\S/.test(statement.text) || statement.text.includes("'"))
    return [statement];
  return statement.text.split(';').map((text) => ({ ...statement, text }));
}

async function faultsOf(describer: Describer, statement: Statement): Promise<string[]> {
  try {
    const description = await describer.describe(statement.text);
    return [...parameterFaults(description, statement), ...rowFaults(description.columns, statement.row)];
  } catch (error) {
    return [`the database refuses it: ${(error as Error).message}`];
  }
}

function parameterFaults({ parameters }: Description, { values }: Statement): string[] {
  if (values === null) return [];
  if (values.length !== parameters.length)
    return [`it has ${parameters.length} parameters, and is given ${values.length}`];
  return parameters.flatMap((parameter, index) =>
    (values[index] ?? [])
      .filter((kind) => !takes(parameter, kind))
      .map((kind) => `$${index + 1} is ${parameter.type}, and is given ${kind}`),
  );
}

const TEXTS = /^(text|varchar|bpchar|name)$/;
const NUMBERS = /^(int2|int4|int8|float4|float8|numeric|oid)$/;
const DAYS = /^(date|timestamp|timestamptz)$/;

/** True when a value of this kind can be one for the parameter, in the form in which node-postgres sends it. */
function takes({ type, isArray }: Parameter, kind: string): boolean {
  if (kind === 'unknown' || kind === 'string') return true;
  // A list goes as an array of the database, also where JSON is wanted.
  if (kind.endsWith('[]')) return isArray && takes({ type: type.slice(0, -2), isArray: false }, kind.slice(0, -2));
  if (kind === 'Buffer') return type === 'bytea';
  if (kind === 'Date') return DAYS.test(type) || TEXTS.test(type);
  if (kind === 'boolean') return type === 'bool' || TEXTS.test(type);
  if (kind === 'object') return type === 'json' || type === 'jsonb';
  return NUMBERS.test(type) || TEXTS.test(type) || type === 'json' || type === 'jsonb';
}

function rowFaults(columns: readonly Column[], row: Statement['row']): string[] {
  if (row === 'none') return [];
  if (row === 'any') return columns.length === 0 ? [] : ['its rows have no declared type'];
  return [...nameFaults(columns, row), ...columns.flatMap((column, index) => columnFaults(column, index, row))];
}

function nameFaults(columns: readonly Column[], { isArray, members }: RowType): string[] {
  const names = columns.map(({ name }, index) => (isArray ? String(index) : name));
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  const lacking = [...members].filter(([name, { isOptional }]) => !isOptional && !names.includes(name));
  return [
    ...twice.map((name) => `it returns “${name}” twice`),
    ...lacking.map(([name]) => `its row has “${name}”, and no such column is returned`),
  ];
}

function columnFaults(column: Column, index: number, { isArray, members }: RowType): string[] {
  const member = members.get(isArray ? String(index) : column.name);
  if (member === undefined) return [`it returns “${column.name}”, which its row does not have`];
  const named = `“${column.name}”`;
  const faults: string[] = [];
  if (!fits(column.kind, member))
    faults.push(`${named} is ${column.type}, which comes as ${column.kind}; its row says ${member.shown}`);
  if (column.isNullable && !member.isNullable) faults.push(`${named} may be null; its row says ${member.shown}`);
  return faults;
}

function fits(kind: string, { kinds }: Member): boolean {
  const isFit = (said: string) =>
    said === 'unknown' || said === kind || (kind === 'json' && said !== 'Buffer' && said !== 'Date');
  return kinds.some(isFit);
}
