import { type ReactNode, useId, useState } from 'react';
import { type Cell, csvOf, harmless } from '../../core/tables/csv.ts';
import { useMessages } from './language.tsx';
import { messages } from './messages/index.ts';

/** A column: what it is called, what it holds, and how that is shown where the bare value is not enough. */
export interface Column<Row> {
  readonly label: string;
  readonly value: (row: Row) => Cell;
  readonly show?: (row: Row) => ReactNode;
}

interface DataTableProps<Row> {
  /** What the table is of; the name of its file too. */
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/** A table that is searched in words and taken away as CSV or XLSX. What is found is what is taken. */
export function DataTable<Row>({ name, columns, rows, keyOf }: DataTableProps<Row>) {
  const words = useMessages(messages);
  const id = useId();
  const [sought, setSought] = useState('');
  const [order, setOrder] = useState<Order | null>(null);
  const sorting = columns.find(({ label }) => label === order?.label);
  const sorted = sorting === undefined ? rows : rows.toSorted(byCell(sorting.value, order?.falling ?? false));
  const found = sorted.filter((row) => {
    const text = columns
      .map(({ value }) => String(value(row) ?? ''))
      .join(' ')
      .toLowerCase();
    return sought
      .toLowerCase()
      .split(/\s+/)
      .every((word) => text.includes(word));
  });
  const head = columns.map(({ label }) => label);
  const cells = () => found.map((row) => columns.map(({ value }) => value(row)));
  return (
    <div className="data-table">
      <header>
        <h2 id={id}>{name}</h2>
        <label>
          <span>{words.search}</span>{' '}
          <input type="search" value={sought} onChange={(event) => setSought(event.target.value)} />
        </label>
        <p role="status">{words.found(found.length, rows.length)}</p>
        <button
          type="button"
          onClick={() => save(`${name}.csv`, new Blob([csvOf(head, cells())], { type: 'text/csv' }))}
        >
          CSV
        </button>
        <button type="button" onClick={() => void saveSheet(name, head, cells())}>
          XLSX
        </button>
      </header>
      {/* A wide table is scrolled by itself, also with the keyboard. */}
      <div className="scrolled" tabIndex={0} role="region" aria-labelledby={id}>
        <table>
          <thead>
            <tr>
              {head.map((label) => (
                <SortedHead key={label} label={label} order={order} sort={setOrder} />
              ))}
            </tr>
          </thead>
          <tbody>
            {found.map((row) => (
              <tr key={keyOf(row)}>
                {columns.map(({ label, value, show }) => (
                  <td key={label}>{show === undefined ? String(value(row) ?? '') : show(row)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

interface Order {
  readonly label: string;
  readonly falling: boolean;
}

interface SortedHeadProps {
  readonly label: string;
  readonly order: Order | null;
  readonly sort: (order: Order) => void;
}

/** The head of a column: a touch sorts by it, one more turns the order round. */
function SortedHead({ label, order, sort }: SortedHeadProps) {
  const falling = order?.label === label ? order.falling : null;
  return (
    <th scope="col" aria-sort={falling === null ? 'none' : falling ? 'descending' : 'ascending'}>
      <button type="button" className="sort" onClick={() => sort({ label, falling: falling === false })}>
        {label}
        <span aria-hidden="true">{falling === null ? '' : falling ? ' ↓' : ' ↑'}</span>
      </button>
    </th>
  );
}

/** Numbers by size, words by the alphabet, nothing last. */
function byCell<Row>(value: (row: Row) => Cell, falling: boolean): (a: Row, b: Row) => number {
  const sign = falling ? -1 : 1;
  return (a, b) => {
    const [one, other] = [value(a), value(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    if (typeof one === 'number' && typeof other === 'number') return sign * (one - other);
    return sign * String(one).localeCompare(String(other), 'ru');
  };
}

function save(fileName: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** The writer of spreadsheets is loaded when it is first needed. */
async function saveSheet(name: string, head: readonly string[], rows: readonly (readonly Cell[])[]): Promise<void> {
  const { default: writeSheet } = await import('write-excel-file/browser');
  const bold = head.map((value) => ({ value, fontWeight: 'bold' as const }));
  const body = rows.map((row) =>
    row.map((cell) => (cell === null ? null : { value: typeof cell === 'string' ? harmless(cell) : cell })),
  );
  save(`${name}.xlsx`, await writeSheet([bold, ...body]).toBlob());
}
