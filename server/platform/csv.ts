import { CsvError, parse } from 'csv-parse/sync';

/** A line of a CSV file under the names of its columns. */
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

/** Reads CSV with a line of names, between commas or, as spreadsheets of many countries write it, semicolons. Throws CsvFault. */
export function readCsv(text: string): CsvRecord[] {
  const head = text.slice(0, Math.max(0, text.indexOf('\n')));
  const delimiter = head.split(';').length > head.split(',').length ? ';' : ',';
  try {
    const rows = parse(text, { bom: true, columns: true, info: true, trim: true, skip_empty_lines: true, delimiter });
    return (rows as unknown as { record: Record<string, string>; info: { lines: number } }[]).map(
      ({ record, info }) => ({
        line: info.lines,
        fields: record,
      }),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CsvFault(Number((error as { lines?: number }).lines ?? 1), error.message);
  }
}
