import { readFile } from 'node:fs/promises';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/** The command was typed wrongly: the sentence says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads what follows a command's name. Throws UsageError on an unknown option or too many words. */
export function readOptions<Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  words: number,
) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    if (positionals.length > words) throw new UsageError(`one word too many: ${positionals[words]}`);
    return { values, positionals };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError((error as Error).message, { cause: error });
  }
}

/** What a JSON file says. Throws UsageError when it is not JSON. */
export async function readJson(file: string): Promise<unknown> {
  const bytes = await readFile(file);
  // The server's door is heavy; a command that reads no file does not wait for it.
  const { decodeText } = await import('../server/platform/index.ts');
  try {
    return JSON.parse(decodeText(bytes));
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** A whole number within bounds, or the default. Throws UsageError. */
export function wholeNumber(
  name: string,
  text: string | undefined,
  bounds: { min: number; max: number; otherwise: number },
): number {
  if (text === undefined) return bounds.otherwise;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isInteger(value) || value < bounds.min || value > bounds.max) {
    throw new UsageError(`--${name} must be a whole number from ${bounds.min} to ${bounds.max}, not “${text}”`);
  }
  return value;
}
