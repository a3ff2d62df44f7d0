import type { CallExpression, Expression, Node, ObjectLiteralExpression } from 'typescript/unstable/ast';
import * as is from 'typescript/unstable/ast/is';
import type { Type } from 'typescript/unstable/sync';
import { callOf, evaluate, everyRun, functionOf, holds, listedBy, originOf, type Run, Unknown } from './evaluate.ts';
import { bare, fileOf, placeOf, type Program } from './program.ts';
import { kindsAt, type RowType, rowTypeOf } from './row-type.ts';

/** One text that a call may send. */
export interface Statement {
  readonly text: string;
  /** What kinds each value that goes with it may be of (none: that is not known); null when only the running program knows how many. */
  readonly values: readonly (readonly string[])[] | null;
  /** What the caller says of a row: `any` when it says nothing and reads rows, `none` when it reads none. */
  readonly row: RowType | 'any' | 'none';
}

/** A call that sends a statement, with every text it may have. */
export interface QueryCall {
  readonly place: string;
  /** The file and the function around it. */
  readonly home: string;
  readonly statements: readonly Statement[];
  /** Why its texts cannot be told from the source; null when they can. */
  readonly unknown: string | null;
  readonly row: Statement['row'];
}

/** Every call of `query` in some files. */
export function queryCalls(program: Program, files: (path: string) => boolean): QueryCall[] {
  return program.methodCalls('query', files).map((call) => {
    const place = placeOf(call);
    const home = `${fileOf(call)} ${nameOfHome(call)}`;
    const [row] = everyRun(program, (run) => rowOf(run, call));
    try {
      const known = new Map<string, Statement>();
      for (const statement of everyRun(program, (run) => statementOf(run, call)))
        known.set(JSON.stringify([statement.text, statement.values]), statement);
      return { place, home, row: row ?? 'none', statements: [...known.values()], unknown: null };
    } catch (error) {
      if (!(error instanceof Unknown)) throw error;
      return { place, home, row: row ?? 'none', statements: [], unknown: error.message };
    }
  });
}

/** The name of the outermost function or constant that a node is in; with the member of the constant's object. */
function nameOfHome(node: Node): string {
  let name = '';
  for (let at = node; at !== undefined; at = at.parent) {
    if (is.isFunctionDeclaration(at) || is.isMethodDeclaration(at)) name = at.name?.getText(at.getSourceFile()) ?? '';
    if (is.isPropertyAssignment(at) && !is.isComputedPropertyName(at.name)) name = at.name.text;
    if (is.isVariableDeclaration(at)) {
      const isObject = at.initializer !== undefined && is.isObjectLiteralExpression(at.initializer);
      name = at.name.getText(at.getSourceFile()) + (isObject ? `: ${name}` : '');
    }
  }
  return name;
}

function statementOf(run: Run, call: CallExpression): Statement {
  const given = call.arguments[0];
  if (given === undefined) throw new Unknown('no statement');
  const config = configOf(run, given);
  const text = evaluate(run, config === null ? given : memberOf(config, 'text'));
  if (typeof text !== 'string') throw new Unknown('the statement is no text');
  const values = config === null ? call.arguments[1] : memberOf(config, 'values', true);
  return { text, values: values === undefined ? [] : valuesOf(run, values), row: rowOf(run, call) };
}

/** The object literal that says what to ask; null when the statement is no object. */
function configOf(run: Run, node: Expression): ObjectLiteralExpression | null {
  const expression = bare(node);
  if (is.isObjectLiteralExpression(expression)) return expression;
  if (!is.isIdentifier(expression)) return null;
  const origin = originOf(run, expression);
  return origin === null ? null : configOf(run, origin);
}

function memberOf(config: ObjectLiteralExpression, name: string): Expression;
function memberOf(config: ObjectLiteralExpression, name: string, mayLack: true): Expression | undefined;
function memberOf(config: ObjectLiteralExpression, name: string, mayLack = false): Expression | undefined {
  for (const member of config.properties) {
    if (is.isPropertyAssignment(member) && is.isIdentifier(member.name) && member.name.text === name)
      return member.initializer;
    if (is.isShorthandPropertyAssignment(member) && is.isIdentifier(member.name) && member.name.text === name)
      return member.name;
  }
  if (mayLack) return undefined;
  throw new Unknown(`no ${name} in what is asked`);
}

type Values = Statement['values'];

const NOT_KNOWN: readonly string[] = [];

function valuesOf(run: Run, node: Expression): Values {
  const all = listedBy(run, node);
  if (all !== null) return all.map(() => NOT_KNOWN);
  const expression = bare(node);
  if (is.isIdentifier(expression)) {
    const origin = originOf(run, expression);
    return origin === null ? null : valuesOf(run, origin);
  }
  if (is.isConditionalExpression(expression))
    return valuesOf(run, holds(run, expression.condition) ? expression.whenTrue : expression.whenFalse);
  if (is.isArrayLiteralExpression(expression)) {
    const parts = expression.elements.map((element) =>
      is.isSpreadElement(element) ? valuesOf(run, element.expression) : [kindsAt(run.program.checker, element)],
    );
    return parts.every((part) => part !== null) ? parts.flat() : null;
  }
  if (is.isCallExpression(expression) && is.isPropertyAccessExpression(expression.expression)) {
    if (expression.expression.name.text === 'map')
      return valuesOf(run, expression.expression.expression)?.map(() => NOT_KNOWN) ?? null;
  }
  try {
    const value = evaluate(run, expression);
    return Array.isArray(value) ? value.map(() => NOT_KNOWN) : null;
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
}

function rowOf(run: Run, call: CallExpression): Statement['row'] {
  const named = call.typeArguments?.[0];
  if (named === undefined) return readsRows(call) ? 'any' : 'none';
  const type = run.program.checker.getTypeFromTypeNode(named);
  return type === undefined ? 'any' : rowTypeOf(run.program.checker, instantiated(run, call, type), named);
}

/** A row that is a parameter of the function around it is what the function's caller says. */
function instantiated(run: Run, node: Node, type: Type): Type {
  if (!type.isTypeParameter()) return type;
  const owner = functionOf(node);
  if (owner === null) return type;
  const call = callOf(run, owner);
  const named = call.typeArguments?.[0];
  if (named === undefined) throw new Unknown(`${placeOf(call)} does not name its row`);
  return instantiated(run, call, run.program.checker.getTypeFromTypeNode(named) ?? type);
}

/** False when what comes back is thrown away, or only counted. */
function readsRows(call: CallExpression): boolean {
  let node: Node = call;
  while (is.isAwaitExpression(node.parent) || is.isParenthesizedExpression(node.parent)) node = node.parent;
  const { parent } = node;
  if (is.isExpressionStatement(parent) || is.isVoidExpression(parent)) return false;
  if (is.isPropertyAccessExpression(parent)) return parent.name.text !== 'rowCount';
  if (is.isVariableDeclaration(parent) && is.isObjectBindingPattern(parent.name))
    return parent.name.elements.some((element) => element.name?.getText(element.getSourceFile()) !== 'rowCount');
  const home = functionOf(parent);
  if (is.isVariableDeclaration(parent) && is.isIdentifier(parent.name) && home !== null)
    return !isOnlyCounted(home, parent.name.text);
  return true;
}

function isOnlyCounted(node: Node, name: string): boolean {
  if (is.isIdentifier(node) && node.text === name && !is.isVariableDeclaration(node.parent))
    return is.isPropertyAccessExpression(node.parent) && node.parent.name.text === 'rowCount';
  return node.forEachChild((part) => !isOnlyCounted(part, name) || undefined) === undefined;
}
