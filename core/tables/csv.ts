/** A cell of a table. */
export type Cell = string | number | boolean | null;

/** What a spreadsheet would take for a formula at the head of a text. */
const FORMULA = /^[=+\-@\t\r]/;

/** What separates cells. Excel opens a file in columns by what its country writes between numbers: in Russian a semicolon. */
export type CellSeparator = ',' | ';';

/**
 * A table as CSV (RFC 4180, UTF-8 with its mark, so that every spreadsheet reads it). A text that a spreadsheet would run
 * as a formula gets an apostrophe in front: a name is a name.
 */
export function csvOf(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  separator: CellSeparator = ';',
): string {
  return `\uFEFF${[head, ...rows].map((row) => row.map(cellOf).join(separator)).join('\r\n')}\r\n`;
}

/** A text that is safe in a spreadsheet. */
export function harmless(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function cellOf(cell: Cell): string {
  if (cell === null) return '';
  const text = typeof cell === 'string' ? harmless(cell) : String(cell);
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
