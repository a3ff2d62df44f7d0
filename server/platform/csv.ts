import { CsvError, parse } from 'csv-parse/sync';
import { decodeText, readable, UnreadableText } from './text-encoding.ts';

/** A line of a CSV file under the names of its columns, which are in small letters. */
export interface CsvRecord {
  /** Where it ends in the file, from 1. */
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** The file is no CSV from this line on. */
export class CsvFault extends Error {
  override readonly name = 'CsvFault';
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** What separates cells: commas, semicolons (spreadsheets of many countries), tabs (what is copied out of one). */
export type Separator = ',' | ';' | '\t';
const SEPARATORS: readonly Separator[] = [';', '\t', ','];
/** The line with which Excel is told the separator. */
const SEP_LINE = /^"?sep=(.)"?\r?\n?$/i;

/**
 * Reads a table with a line of names, as people have it: a file in any encoding (bytes), or what was pasted (text); commas, semicolons or
 * tabs; a line “sep=”; names in capitals; empty rows and columns; spaces that do not break; cells that a spreadsheet keeps from being
 * formulas. Throws CsvFault with a sentence and the line.
 */
export function readCsv(source: string | Uint8Array): CsvRecord[] {
  const text = textOf(source).replaceAll(/\r\n?/g, '\n');
  const first = text.slice(0, text.indexOf('\n') + 1);
  const told = SEP_LINE.exec(first)?.[1];
  const skipped = told === undefined ? 0 : 1;
  const body = told === undefined ? text : text.slice(first.length);
  const delimiter = told === undefined ? separatorOf(body) : told;
  const rows = rowsOf(body, delimiter, skipped);
  const [head, ...rest] = rows;
  if (head === undefined) return [];
  const names = namesOf(head);
  return rest.map(({ line, cells }) => {
    const extra = cells.slice(names.length).some((cell) => cell !== '');
    if (extra) throw new CsvFault(line, `it has ${cells.length} cells, and there are ${names.length} columns`);
    return { line, fields: Object.fromEntries(names.map((name, place) => [name, cells[place] ?? ''])) };
  });
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The cells of a text without a line of names. Throws CsvFault. */
export function readRows(text: string, separator: string): (readonly string[])[] {
  return rowsOf(text, separator, 0).map(({ cells }) => cells);
}

/** The rows that hold something. */
function rowsOf(text: string, delimiter: string, skipped: number): Row[] {
  try {
    // What is copied out of a spreadsheet has quotation marks as they stand in the cell.
    const relaxed = { relax_column_count: true, relax_quotes: true, skip_empty_lines: true, trim: true } as const;
    const options = { ...relaxed, info: true as const, delimiter };
    const rows = parse(text, options);
    return (rows as unknown as { record: string[]; info: { lines: number } }[])
      .map(({ record, info }) => ({ line: info.lines + skipped, cells: record.map(cellOf) }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as { lines?: number }).lines ?? 1) + skipped;
    throw new CsvFault(line, REASONS[error.code] ?? error.message);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark is opened here and never closed',
  CSV_INVALID_CLOSING_QUOTE: 'something follows a closing quotation mark',
};

function textOf(source: string | Uint8Array): string {
  try {
    return typeof source === 'string' ? readable(source) : decodeText(source);
  } catch (error) {
    if (!(error instanceof UnreadableText)) throw error;
    throw new CsvFault(error.line, error.message);
  }
}

/** The separator that the line of names has most of, outside quotation marks. */
export function separatorOf(text: string): Separator {
  const head = (text.split('\n').find((line) => line.trim() !== '') ?? '').replaceAll(/"[^"]*"/g, '');
  const counts = SEPARATORS.map((one): [number, Separator] => [head.split(one).length, one]);
  return counts.reduce((best, one) => (one[0] > best[0] ? one : best))[1];
}

/** A name of a column as we know it: « Name RU » is name_ru. */
export function columnName(text: string): string {
  return cellOf(text)
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
}

function namesOf({ line, cells }: Row): string[] {
  const names = cells.map(columnName);
  while (names.at(-1) === '') names.pop();
  const twice = names.find((name, place) => name !== '' && names.indexOf(name) !== place);
  if (twice !== undefined) throw new CsvFault(line, `the column “${twice}” is there twice`);
  return names;
}

/** The text of a cell, without invisible characters and without the mark that keeps a spreadsheet from calculating with it. */
export function cellOf(cell: string): string {
  const plain = cell
    .replaceAll(/[\u200B\u200E\u200F\u2060\uFEFF]/g, '')
    .replaceAll(/[\u00A0\u2007\u202F]/g, ' ')
    .trim();
  const text = /^="(.*)"$/s.exec(plain)?.[1] ?? plain;
  return /^'[=+\-@]/.test(text) ? text.slice(1) : text;
}
