import { stripTypeScriptTypes } from 'node:module';
import { runInThisContext } from 'node:vm';
import type { CallExpression, Expression, Identifier, Node, ParameterDeclaration } from 'typescript/unstable/ast';
import * as is from 'typescript/unstable/ast/is';
import { type Checker, type Type, TypeFlags, type TypeReference } from 'typescript/unstable/sync';
import { bare, isWithin, placeOf, type Program } from './program.ts';

/** An expression has a value that only the running program knows. */
export class Unknown extends Error {}

const RUNS_MAX = 500;

/**
 * One way through the program: each choice that it leaves open (a condition, which call, which member of a union) is made once and
 * holds for everything that is evaluated in the run.
 */
export interface Run {
  readonly program: Program;
  choose<Option>(key: string, options: readonly Option[]): Option;
}

/** What the work gives on each way through the program. */
export function everyRun<Result>(program: Program, work: (run: Run) => Result): Result[] {
  const results: Result[] = [];
  let script: number[] = [];
  for (let runs = 0; runs < RUNS_MAX; runs++) {
    const taken: number[] = [];
    const widths: number[] = [];
    const made = new Map<string, number>();
    const choose: Run['choose'] = (key, options) => {
      if (options.length === 0) throw new Unknown(`nothing to choose from for ${key}`);
      let choice = made.get(key);
      if (choice === undefined) {
        choice = script[taken.length] ?? 0;
        made.set(key, choice);
        taken.push(choice);
        widths.push(options.length);
      }
      return options[choice] as (typeof options)[number];
    };
    results.push(work({ program, choose }));
    const last = taken.findLastIndex((choice, index) => choice + 1 < (widths[index] as number));
    if (last === -1) return results;
    script = [...taken.slice(0, last), (taken[last] as number) + 1];
  }
  throw new Unknown('too many ways');
}

/** The value of an expression on this way through the program. Throws Unknown. */
export function evaluate(run: Run, expression: Expression): unknown {
  const node = bare(expression);
  const all = listedBy(run, expression);
  if (all !== null) return all;
  if (is.isStringLiteral(node) || is.isNoSubstitutionTemplateLiteral(node)) return node.text;
  try {
    return is.isIdentifier(node) ? valueOf(run, node) : carryOut(run, node);
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
    return anyLiteral(run, expression, error);
  }
}

/**
 * Names that are taken from an object, such as `Object.keys(changes) as (keyof Changes)[]`, are taken as all that there may be. Null for
 * any other expression.
 */
export function listedBy({ program: { checker } }: Run, expression: Expression): readonly unknown[] | null {
  if (!is.isAsExpression(expression) || !is.isArrayTypeNode(expression.type)) return null;
  const [all] = literalsOf(checker, checker.getTypeAtLocation(expression)) ?? [];
  return Array.isArray(all) ? all : null;
}

/** A value that only the running program knows, where its type has only so many: each in its turn. */
function anyLiteral(run: Run, expression: Expression, otherwise: Unknown): unknown {
  const { checker } = run.program;
  const options = literalsOf(checker, checker.getTypeAtLocation(expression));
  if (options === null) throw otherwise;
  return run.choose(keyOf(run, bare(expression)), options);
}

/** What is chosen for a name holds wherever it is meant; for any other expression, wherever its function writes the same. */
function keyOf({ program }: Run, node: Expression): string {
  const symbol = is.isIdentifier(node) ? program.symbolOf(node) : null;
  const declaration = symbol === null ? null : program.declarationOf(symbol);
  return declaration === null
    ? `${node.getText(node.getSourceFile())} in ${placeKey(functionOf(node) ?? node)}`
    : placeKey(declaration);
}

function placeKey(node: Node): string {
  return `${placeOf(node)}:${node.pos}-${node.end}`;
}

/** The values of a type that has only literals; null for any other. A list of literals is taken with all of them, each once. */
function literalsOf(checker: Checker, type: Type | undefined): unknown[] | null {
  if (type === undefined) return null;
  if (checker.isArrayType(type)) {
    const elements = literalsOf(checker, checker.getTypeArguments(type as TypeReference)[0]);
    return elements === null ? null : [elements];
  }
  if (type.isUnionType()) {
    const members = type.getTypes().map((member) => literalsOf(checker, member));
    return members.includes(null) ? null : members.flat();
  }
  if (type.isLiteralType()) return [type.value];
  if (type.isTypeParameter()) return null;
  return (type.flags & TypeFlags.Null) !== 0 ? [null] : null;
}

/** Evaluates the text of an expression as JavaScript; what it takes from outside comes first. */
function carryOut(run: Run, node: Node): unknown {
  const values = new Map<string, unknown>();
  const replaced: { start: number; end: number; by: string }[] = [];
  const source = node.getSourceFile();
  const replace = (part: Node, value: unknown, label = '') => {
    const name = `$${values.size}`;
    values.set(name, value);
    replaced.push({ start: part.getStart(source), end: part.end, by: label + name });
  };
  const visit = (part: Node): void => {
    if (is.isTypeNode(part)) return;
    if (is.isConditionalExpression(part) && !dependsOn(run, part.condition, node)) {
      const isTrue = holds(run, part.condition);
      replace(part.condition, isTrue);
      replace(isTrue ? part.whenFalse : part.whenTrue, undefined);
      visit(isTrue ? part.whenTrue : part.whenFalse);
      return;
    }
    if (is.isPropertyAssignment(part) || is.isShorthandPropertyAssignment(part)) {
      const value = is.isPropertyAssignment(part) ? part.initializer : (part.name as Identifier);
      if (!dependsOn(run, value, node) && isUnknown(run, value)) {
        // A member that only the running program knows is no fault until a text needs it.
        replace(part, Symbol(placeOf(part)), `${part.name.getText(source)}: `);
        return;
      }
    }
    if (is.isIdentifier(part) && isReference(part)) {
      if (!values.has(part.text) && !isDeclaredIn(run, part, node)) values.set(part.text, evaluate(run, part));
      return;
    }
    if (is.isAwaitExpression(part) || part.kind === THIS) throw new Unknown(`${placeOf(part)} is known when it runs`);
    try {
      part.forEachChild(visit);
    } catch (error) {
      if (!(error instanceof Unknown) || part === node || !isAccess(part)) throw error;
      replace(part, anyLiteral(run, part, error));
    }
  };
  visit(node);
  let text = source.text.slice(node.getStart(source), node.end).replace(/^export\s+/, '');
  const from = node.getStart(source);
  for (const { start, end, by } of replaced.sort((one, other) => other.start - one.start))
    text = text.slice(0, start - from) + by + text.slice(end - from);
  const names = [...values.keys()];
  const script = stripTypeScriptTypes(`((${names.join(', ')}) => (${text}))`);
  try {
    return (runInThisContext(script) as (...given: unknown[]) => unknown)(...values.values());
  } catch (error) {
    throw new Unknown(`${placeOf(node)}: ${(error as Error).message}`, { cause: error });
  }
}

const THIS = 110;

function isAccess(node: Node): node is Expression {
  return is.isPropertyAccessExpression(node) || is.isElementAccessExpression(node) || is.isCallExpression(node);
}

/** Whether a condition holds; when only the running program knows, both ways are gone. */
export function holds(run: Run, condition: Expression): boolean {
  try {
    return Boolean(evaluate(run, condition));
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
    return run.choose(keyOf(run, bare(condition)), [true, false]);
  }
}

/** True for a value that only the running program knows, or that would leave something open. */
function isUnknown({ program }: Run, expression: Expression): boolean {
  const choose = (key: string) => {
    throw new Unknown(`${key} is open`);
  };
  try {
    evaluate({ program, choose }, expression);
    return false;
  } catch (error) {
    if (error instanceof Unknown) return true;
    throw error;
  }
}

/** True for an identifier that stands for a value, and not for a member or a label. */
function isReference(node: Identifier): boolean {
  const { parent } = node;
  if (is.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (is.isPropertyAssignment(parent)) return parent.initializer === node;
  if (is.isBindingElement(parent)) return parent.initializer === node;
  if (is.isParameterDeclaration(parent) || is.isVariableDeclaration(parent)) return parent.initializer === node;
  return !is.isFunctionDeclaration(parent);
}

function isDeclaredIn({ program }: Run, name: Identifier, outer: Node): boolean {
  const symbol = program.symbolOf(name);
  const declaration = symbol === null ? null : program.declarationOf(symbol);
  return declaration !== null && declaration !== outer && isWithin(declaration, outer);
}

/** True when an expression uses what its surroundings declare for themselves. */
function dependsOn(run: Run, expression: Node, outer: Node): boolean {
  if (is.isIdentifier(expression)) return isReference(expression) && isDeclaredIn(run, expression, outer);
  return expression.forEachChild((part) => dependsOn(run, part, outer) || undefined) ?? false;
}

export function functionOf(node: Node): Node | null {
  for (let at = node.parent; at !== undefined; at = at.parent)
    if (
      is.isFunctionDeclaration(at) ||
      is.isArrowFunction(at) ||
      is.isMethodDeclaration(at) ||
      is.isFunctionExpression(at)
    )
      return at;
  return null;
}

/** The call of a function that this way goes through. */
export function callOf(run: Run, declaration: Node): CallExpression {
  return run.choose(`the call of ${placeKey(declaration)}`, run.program.callsOf(declaration));
}

/** The argument that a parameter has on this way; null when it is left out. */
export function argumentOf(run: Run, parameter: ParameterDeclaration): Expression | null {
  const owner = parameter.parent as unknown as { readonly parameters: readonly Node[] } & Node;
  const index = owner.parameters.indexOf(parameter);
  const given = callOf(run, owner).arguments;
  if (given.slice(0, index + 1).some((argument) => is.isSpreadElement(argument)))
    throw new Unknown(`${placeOf(parameter)} is spread`);
  return given[index] ?? parameter.initializer ?? null;
}

/** What a name refers to where it is declared: an initializer, or an argument. Null for neither. */
export function originOf(run: Run, name: Identifier): Expression | null {
  const symbol = run.program.symbolOf(name);
  const declaration = symbol === null ? null : run.program.declarationOf(symbol);
  if (declaration === null) return null;
  if (is.isVariableDeclaration(declaration) && is.isIdentifier(declaration.name) && isConstant(declaration))
    return declaration.initializer ?? null;
  return is.isParameterDeclaration(declaration) && is.isIdentifier(declaration.name)
    ? argumentOf(run, declaration)
    : null;
}

const CONST = 2;

function isConstant(declaration: Node): boolean {
  return (declaration.parent.flags & CONST) !== 0;
}

function valueOf(run: Run, name: Identifier): unknown {
  if (name.text === 'undefined') return undefined;
  const symbol = run.program.symbolOf(name);
  const declaration = symbol === null ? null : run.program.declarationOf(symbol);
  if (declaration === null) throw new Unknown(`${placeOf(name)}: ${name.text} is unknown`);
  return declaredValue(run, declaration, name.text);
}

function declaredValue(run: Run, declaration: Node, name: string): unknown {
  const origin = (node: Expression | null) => (node === null ? undefined : evaluate(run, node));
  if (declaration.getSourceFile().isDeclarationFile) {
    if (Object.hasOwn(globalThis, name)) return (globalThis as unknown as Record<string, unknown>)[name];
    throw new Unknown(`${name} is no part of the language`);
  }
  if (is.isFunctionDeclaration(declaration)) return carryOut(run, declaration);
  if (is.isParameterDeclaration(declaration)) return origin(argumentOf(run, declaration));
  if (is.isVariableDeclaration(declaration)) {
    const loop = declaration.parent.parent;
    if (is.isForOfStatement(loop))
      return run.choose(placeKey(loop), evaluate(run, loop.expression) as readonly unknown[]);
    if (isConstant(declaration) && declaration.initializer !== undefined) return origin(declaration.initializer);
  }
  if (is.isBindingElement(declaration) && is.isObjectBindingPattern(declaration.parent)) {
    const whole = declaredValue(run, declaration.parent.parent, name) as Record<string, unknown> | undefined;
    const member = declaration.propertyName;
    return whole?.[member !== undefined && is.isIdentifier(member) ? member.text : name];
  }
  throw new Unknown(`${placeOf(declaration)}: ${name} is known when it runs`);
}
