import { join } from 'node:path';
import type { CallExpression, Expression, Node } from 'typescript/unstable/ast';
import * as is from 'typescript/unstable/ast/is';
import { API, type Checker, type Project, type Symbol } from 'typescript/unstable/sync';
import { projectRoot } from '../source-files.ts';

/** The program as its compiler sees it. */
export interface Program {
  readonly checker: Checker;
  /** Every call of a method of this name in some files. */
  methodCalls(name: string, files: (path: string) => boolean): CallExpression[];
  /** What a name refers to, through imports; null for one that the compiler does not know. */
  symbolOf(name: Node): Symbol | null;
  declarationOf(symbol: Symbol): Node | null;
  /** The calls of a function in the product, outside its own body. */
  callsOf(declaration: Node): CallExpression[];
  close(): void;
}

/** What is delivered: its tests and their support are not. */
export function isProduct(path: string): boolean {
  return /^(server|cli|demo|scripts)\//.test(path) && !TEST.test(path);
}

const TEST = /\.(test|testing)\.tsx?$/;

/** Opens the project of the server and its commands with the compiler that the build uses. */
export function openProgram(): Program {
  const api = new API({ cwd: projectRoot });
  const config = join(projectRoot, 'tsconfig.json');
  const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
  if (project === undefined) throw new Error('the compiler did not open the project');
  const { checker, program } = project;
  const symbols = new Map<Node, Symbol | null>();
  const usages = new Map<Node, CallExpression[]>();
  return {
    checker,
    methodCalls: (name, files) =>
      program
        .getSourceFileNames()
        .filter((path) => path.startsWith(projectRoot) && files(pathOf(path)) && !TEST.test(path))
        .flatMap((path) => {
          const source = program.getSourceFile(path);
          return source?.text.includes(`.${name}`) === true ? callsIn(source, name) : [];
        }),
    symbolOf: (name) => {
      const known = symbols.get(name);
      if (known !== undefined) return known;
      const found = symbolOf(project, name);
      symbols.set(name, found);
      return found;
    },
    declarationOf: (symbol) => symbol.valueDeclaration?.resolve(project) ?? null,
    callsOf: (declaration) => {
      const known = usages.get(declaration);
      if (known !== undefined) return known;
      const found = callsThrough(project, declaration).filter(
        (call) => (isProduct(fileOf(call)) || fileOf(call) === fileOf(declaration)) && !isWithin(call, declaration),
      );
      usages.set(declaration, found);
      return found;
    },
    close: () => api.close(),
  };
}

function symbolOf(project: Project, name: Node): Symbol | null {
  const { checker } = project;
  const shorthand = is.isShorthandPropertyAssignment(name.parent)
    ? checker.getShorthandAssignmentValueSymbol(name.parent)
    : undefined;
  const symbol = shorthand ?? checker.getSymbolAtLocation(name);
  if (symbol === undefined) return null;
  const isImported = symbol.declarations.some((handle) => {
    const node = handle.resolve(project);
    return node !== undefined && (is.isImportSpecifier(node) || is.isExportSpecifier(node));
  });
  return isImported ? checker.getAliasedSymbol(symbol) : symbol;
}

/** The calls of a function by its name; one without a name of its own is called by that of the constant that holds it. */
function callsThrough(project: Project, declaration: Node): CallExpression[] {
  const { checker } = project;
  const { parent } = declaration;
  if (is.isVariableDeclaration(parent))
    return checker
      .getReferencedSymbolsForNode(parent.name, parent.name.getStart(parent.getSourceFile()))
      .flatMap(({ references }) => references.map((reference) => reference.resolve(project)))
      .map((node) => node?.parent)
      .filter((node) => node !== undefined && is.isCallExpression(node));
  return checker
    .getSignatureUsage(declaration)
    .map(({ call }) => call?.resolve(project))
    .filter((node) => node !== undefined && is.isCallExpression(node));
}

function callsIn(source: Node, name: string): CallExpression[] {
  const found: CallExpression[] = [];
  const visit = (node: Node): void => {
    if (is.isCallExpression(node) && is.isPropertyAccessExpression(node.expression)) {
      if (node.expression.name.text === name) found.push(node);
    }
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

function pathOf(path: string): string {
  return path.slice(projectRoot.length + 1);
}

/** The file of a node, from the project's root. */
export function fileOf(node: Node): string {
  return pathOf(node.getSourceFile().fileName);
}

/** Where a node is, for people. */
export function placeOf(node: Node): string {
  const source = node.getSourceFile();
  return `${fileOf(node)}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;
}

export function isWithin(inner: Node, outer: Node): boolean {
  return inner.getSourceFile() === outer.getSourceFile() && inner.pos >= outer.pos && inner.end <= outer.end;
}

/** An expression without what only its types or its order need. */
export function bare(node: Expression): Expression {
  if (
    is.isParenthesizedExpression(node) ||
    is.isAsExpression(node) ||
    is.isSatisfiesExpression(node) ||
    is.isNonNullExpression(node)
  )
    return bare(node.expression);
  return node;
}
