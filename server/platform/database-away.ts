import { problem, type Problem } from '../../core/problems.ts';

/** A full disk or memory, too many connections, a lock that was not given in time, another transaction that was quicker: nothing was done, and it passes. */
const NOT_DONE = /^(53...|58...|55P03|57014|57P03|40001|40P01|25006)$/;
/** A connection that broke off in the middle. */
const CUT_OFF = /^(08...|57P01|57P02)$/;
const SYSTEM_NOT_DONE: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ENOSPC',
  'EDQUOT',
  'EMFILE',
  'EAI_AGAIN',
]);
const DRIVER_CUT_OFF =
  /^(Connection terminated|Query read timeout|Client has encountered a connection error|Cannot use a pool after calling end)/;
const SYSTEM_CUT_OFF: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/**
 * What a failure of the database or of the disk means for the caller: something that passes, with the same request sent again. Null for a failure that
 * is none of theirs.
 */
export function awayProblem(error: unknown): Problem | null {
  // Several things were tried (both addresses of a host, one job after another): the first that passes says so.
  if (error instanceof AggregateError) return error.errors.map(awayProblem).find((one) => one !== null) ?? null;
  const {
    code = '',
    severity,
    syscall,
    message = '',
  } = error as Partial<Record<'code' | 'severity' | 'syscall' | 'message', string>>;
  if (severity !== undefined) {
    if (NOT_DONE.test(code)) return problem('busy', {});
    return CUT_OFF.test(code) ? problem('outcome-unknown', {}) : null;
  }
  if ((syscall === 'connect' || syscall === 'write') && SYSTEM_NOT_DONE.has(code)) return problem('busy', {});
  // A line breaks while something is sent, or while its answer is waited for.
  if ((syscall === 'connect' || syscall === 'write' || syscall === 'read') && SYSTEM_CUT_OFF.has(code))
    return problem('outcome-unknown', {});
  // These the driver says in words only.
  if (message === 'timeout exceeded when trying to connect') return problem('busy', {});
  return DRIVER_CUT_OFF.test(message) ? problem('outcome-unknown', {}) : null;
}
