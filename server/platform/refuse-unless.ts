import { problem, type ProblemCode, ProblemError, type Problem } from '../../core/problems.ts';

/** Throws the problem unless the condition holds; afterwards the compiler knows that it does. */
export function refuseUnless<Code extends ProblemCode>(
  holds: boolean,
  code: Code,
  params: Extract<Problem, { code: Code }>['params'],
): asserts holds {
  if (!holds) throw new ProblemError(problem(code, params as never) as Problem);
}
