import type { Node } from 'typescript/unstable/ast';
import { type Checker, type Type, TypeFlags } from 'typescript/unstable/sync';

/** What a row's type says of one column. */
export interface Member {
  /** What its values are, without null: `number`, `string[]`, `Buffer`, `object`… */
  readonly kinds: readonly string[];
  readonly isNullable: boolean;
  /** The row may lack it. */
  readonly isOptional: boolean;
  /** The type in the words of the program. */
  readonly shown: string;
}

/** What a row's type says: its columns by their names, or by their places for a row that is an array. */
export interface RowType {
  readonly isArray: boolean;
  readonly members: ReadonlyMap<string, Member>;
}

const OPTIONAL = 16_777_216;

export function rowTypeOf(checker: Checker, type: Type, at: Node): RowType {
  const member = (of: Type, isOptional: boolean): Member => ({
    kinds: [...new Set(kindsOf(checker, of))],
    isNullable: partsOf(of).some(({ flags }) => (flags & NULL) !== 0),
    isOptional,
    shown: checker.typeToString(of, at),
  });
  if (type.isTupleType() || checker.isTupleType(type)) {
    const types = checker.getTypeArguments(type as never);
    return { isArray: true, members: new Map(types.map((of, index) => [String(index), member(of, false)])) };
  }
  const symbols = checker.getPropertiesOfType(type);
  const types = checker.getTypeOfSymbol(symbols);
  return {
    isArray: false,
    members: new Map(
      symbols.map(({ name, flags }, index) => [name, member(types[index] as Type, (flags & OPTIONAL) !== 0)]),
    ),
  };
}

/** The kinds that the value of an expression may be of. */
export function kindsAt(checker: Checker, node: Node): readonly string[] {
  const type = checker.getTypeAtLocation(node);
  return type === undefined ? [] : [...new Set(kindsOf(checker, type))];
}

const NULL = TypeFlags.Null | TypeFlags.Any | TypeFlags.Unknown;

function partsOf(type: Type): readonly Type[] {
  return type.isUnionType() ? type.getTypes().flatMap(partsOf) : [type];
}

const PLAIN: readonly [flags: number, kind: string][] = [
  [TypeFlags.Any | TypeFlags.Unknown, 'unknown'],
  [TypeFlags.StringLike, 'string'],
  [TypeFlags.NumberLike, 'number'],
  [TypeFlags.BooleanLike, 'boolean'],
  [TypeFlags.BigIntLike, 'bigint'],
];

function kindsOf(checker: Checker, type: Type): string[] {
  return partsOf(type)
    .filter(({ flags }) => (flags & (TypeFlags.Null | TypeFlags.Undefined | TypeFlags.Never)) === 0)
    .flatMap((part) => kindOf(checker, part));
}

function kindOf(checker: Checker, type: Type): string[] {
  // A branded text is a text: what is added to it is there for the compiler only.
  if (type.isIntersectionType()) {
    const plain = type.getTypes().flatMap((part) => kindOf(checker, part));
    return plain
      .filter((kind) => kind !== 'object')
      .slice(0, 1)
      .concat('object')
      .slice(0, 1);
  }
  const plain = PLAIN.find(([flags]) => (type.flags & flags) !== 0);
  if (plain !== undefined) return [plain[1]];
  if (checker.isArrayLikeType(type)) {
    const elements = checker.getTypeArguments(type as never).flatMap((element) => kindsOf(checker, element));
    return [...new Set(elements)].map((kind) => `${kind}[]`);
  }
  const name = type.getSymbol()?.name;
  return [name === 'Buffer' || name === 'Date' ? name : 'object'];
}
