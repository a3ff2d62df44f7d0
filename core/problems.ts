import { catalogue } from './problem-catalogue.ts';
import type { Language } from './language/language.ts';

type Catalogue = typeof catalogue;

/** The name of a problem, the same in the API, in tests and on screens. */
export type ProblemCode = keyof Catalogue;

/** What the sentence of a problem speaks of; `{}` where it speaks of nothing in particular. */
type ParamsOf<Code extends ProblemCode> =
  Parameters<Catalogue[Code]['ru']> extends [infer Params] ? Params : Record<string, never>;

/** Why something was refused: a code that programs read, and parameters for the sentence that people read. */
export type Problem<Code extends ProblemCode = ProblemCode> = {
  [C in Code]: { readonly code: C; readonly params: ParamsOf<C> };
}[Code];

export function problem<Code extends ProblemCode>(code: Code, params: ParamsOf<Code>): Problem<Code> {
  return { code, params } as Problem<Code>;
}

/** The HTTP status that goes with the problem. */
export function statusOf(code: ProblemCode): number {
  return catalogue[code].status;
}

/** The sentence a person can act on. */
export function sentenceOf({ code, params }: Problem, language: Language): string {
  const sentence = catalogue[code][language] as (params: unknown) => string;
  return sentence(params);
}

/** A problem on its way through code that cannot go on; the door turns it into an answer. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(found: Problem, options?: ErrorOptions) {
    super(`${found.code}: ${sentenceOf(found, 'en')}`, options);
    this.name = 'ProblemError';
    this.problem = found;
  }
}

/** Throws the problem. */
export function refuse<Code extends ProblemCode>(code: Code, params: ParamsOf<Code>): never {
  throw new ProblemError(problem(code, params) as Problem);
}
