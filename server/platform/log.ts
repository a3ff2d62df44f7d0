/** Lines for the administrator, without personal data. */
export interface Log {
  info(message: string): void;
  error(message: string, error?: unknown): void;
}

/** One JSON object a line on standard error. */
export const jsonLog: Log = {
  info: (message) => write({ level: 'info', message }),
  error: (message, error) =>
    write({ level: 'error', message, ...(error === undefined ? {} : { error: describe(error) }) }),
};

function write(entry: Record<string, unknown>): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);
}

/** Of many faults together so many are described. */
const AGGREGATED_MAX = 5;

/** The name and the code of an error: its text may repeat what a person typed. */
function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { code } = error as { code?: unknown };
  const stack = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .map((line) => line.trim());
  const errors = error instanceof AggregateError ? error.errors.slice(0, AGGREGATED_MAX).map(describe) : [];
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    stack,
    ...(errors.length > 0 && { errors }),
  };
}
