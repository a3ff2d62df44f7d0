/** How a fault is told to the administrator. */
export type LogFault = (message: string, error?: unknown) => void;

/** A log that cannot be written stops nothing. */
export function guarded(log: LogFault): LogFault {
  return (message, error) => {
    try {
      log(message, error);
    } catch {
      // There is nobody left to tell.
    }
  };
}

/**
 * Does one of several things that have nothing to do with each other: whatever it throws, now or later, is logged, and the others are
 * done all the same. Gives what it came to; undefined when it failed. Never throws, and gives no promise that rejects.
 */
export function isolated<Result>(
  log: LogFault,
  failed: string,
  work: () => Promise<Result>,
): Promise<Result | undefined>;
export function isolated<Result>(log: LogFault, failed: string, work: () => Result): Result | undefined;
export function isolated<Result>(log: LogFault, failed: string, work: () => Result | Promise<Result>): unknown {
  const fail = (error: unknown) => guarded(log)(failed, error);
  try {
    const done = work();
    return done instanceof Promise ? done.catch(fail) : done;
  } catch (error) {
    return fail(error);
  }
}

/** Does something again and again; a turn that throws, now or later, is logged, and the next one comes all the same. Gives the way to stop. */
export function repeated(ms: number, log: LogFault, failed: string, work: () => unknown): () => void {
  const timer = setInterval(() => void isolated(log, failed, work), ms).unref();
  return () => clearInterval(timer);
}
