import { type FormEvent, useId, useState } from 'react';
import { useMessages } from './language.tsx';
import { messages } from './messages/index.ts';
import { Said, type SaidWords } from './problem.tsx';

/** A cell of every row: under which name it is kept, and how it is written. */
export interface ListField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'number' | 'date' | 'time' | 'choice' | 'switch';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}

type Row = Readonly<Record<string, string>>;

interface ListEditorProps {
  readonly title: string;
  readonly fields: readonly ListField[];
  readonly rows: readonly Row[];
  /** Writes the whole list. Throws with a sentence. */
  readonly save: (rows: readonly Row[]) => Promise<void>;
}

/** A list that is written whole: rows are added, changed and removed, and kept together or not at all. */
export function ListEditor({ title, fields, rows: kept, save }: ListEditorProps) {
  const words = useMessages(messages);
  const id = useId();
  const [rows, setRows] = useState(() => kept.map((row, index) => ({ key: index, row })));
  const [next, setNext] = useState(kept.length);
  const [said, setSaid] = useState<SaidWords | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await save(rows.map(({ row }) => row)).then(
      () => setSaid({ text: words.saved, problem: false }),
      (error: Error) => setSaid({ text: error.message, problem: true }),
    );
  };
  const change = (key: number, name: string, value: string) =>
    setRows(rows.map((one) => (one.key === key ? { key, row: { ...one.row, [name]: value } } : one)));
  const add = () => {
    const row = Object.fromEntries(fields.map(({ name, options }) => [name, options?.[0]?.value ?? '']));
    setRows([...rows, { key: next, row }]);
    setNext(next + 1);
  };
  return (
    <form className="form" aria-labelledby={id} onSubmit={(event) => void submit(event)}>
      <h2 id={id}>{title}</h2>
      <div className="scrolled" tabIndex={0} role="region" aria-label={`${title}: ${words.rows}`}>
        <table>
          <thead>
            <tr>
              {fields.map(({ name, label }) => (
                <th key={name} scope="col">
                  {label}
                </th>
              ))}
              <th scope="col">{words.remove}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, row }, place) => (
              <EditedRow
                key={key}
                place={place + 1}
                fields={fields}
                row={row}
                change={(name, value) => change(key, name, value)}
                remove={() => setRows(rows.filter((one) => one.key !== key))}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className="row-actions">
        <button type="button" onClick={add}>
          {words.addRow}
        </button>
        <button type="submit" className="main-action">
          {words.save}
        </button>
      </div>
      <Said said={said} />
    </form>
  );
}

interface EditedRowProps {
  readonly place: number;
  readonly fields: readonly ListField[];
  readonly row: Row;
  readonly change: (name: string, value: string) => void;
  readonly remove: () => void;
}

function EditedRow({ place, fields, row, change, remove }: EditedRowProps) {
  const words = useMessages(messages);
  return (
    <tr>
      {fields.map((field) => (
        <td key={field.name}>
          <CellInput
            field={field}
            label={`${field.label}, ${place}`}
            value={row[field.name] ?? ''}
            change={(value) => change(field.name, value)}
          />
        </td>
      ))}
      <td>
        <button type="button" aria-label={`${words.remove}, ${place}`} onClick={remove}>
          ×
        </button>
      </td>
    </tr>
  );
}

interface CellInputProps {
  readonly field: ListField;
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
}

function CellInput({ field: { kind, options }, label, value, change }: CellInputProps) {
  if (kind === 'choice')
    return (
      <select aria-label={label} value={value} onChange={(event) => change(event.target.value)}>
        {options?.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  if (kind === 'switch')
    return (
      <input
        type="checkbox"
        aria-label={label}
        checked={value === 'yes'}
        onChange={(event) => change(event.target.checked ? 'yes' : '')}
      />
    );
  return <input type={kind} aria-label={label} value={value} onChange={(event) => change(event.target.value)} />;
}
