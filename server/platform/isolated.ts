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

/**
 * Does something with each of several things, one after another: one that throws keeps none of the others from its turn. What went
 * wrong is thrown when all have had theirs.
 */
export async function eachApart<Item>(
  items: Iterable<Item>,
  failed: string,
  work: (item: Item) => unknown,
): Promise<void> {
  const faults: unknown[] = [];
  let count = 0;
  for (const item of items) {
    count += 1;
    try {
      await work(item);
    } catch (error) {
      faults.push(error);
    }
  }
  throwAll(faults, count, failed);
}

/** The same with all of them at once. */
export async function allApart<Item>(
  items: readonly Item[],
  failed: string,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const ended = await Promise.allSettled(items.map(async (item) => work(item)));
  throwAll(
    ended.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : [])),
    items.length,
    failed,
  );
}

function throwAll(faults: readonly unknown[], count: number, failed: string): void {
  if (faults.length === 1) throw faults[0];
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} of ${count}: ${failed}`);
}
