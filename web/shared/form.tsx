import { type FormEvent, useId, useState } from 'react';
import { Said, type SaidWords } from './problem.tsx';

/** One field of a form. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'password' | 'number' | 'date' | 'time' | 'long' | 'choice' | 'switch';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly value?: string;
  readonly optional?: true;
  readonly autoComplete?: string;
}

interface FormProps {
  readonly title: string;
  readonly fields: readonly Field[];
  readonly action: string;
  /** Carries it out; what it gives is said to the person. Throws with a sentence. */
  readonly run: (values: Readonly<Record<string, string>>) => Promise<string | void>;
  /** What is wrong field by field, as the refusal has it: words by the names of fields. Without it only the sentence is said. */
  readonly faultsIn?: (refusal: Error) => ReadonlyMap<string, string>;
}

const NO_FAULTS: ReadonlyMap<string, string> = new Map();

/** A form: a title, fields with labels, one button, and what came of it in words. Every form of the staff's screens is one. */
export function Form({ title, fields, action, run, faultsIn }: FormProps) {
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<SaidWords | null>(null);
  const [faults, setFaults] = useState(NO_FAULTS);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    setBusy(true);
    setSaid(null);
    setFaults(NO_FAULTS);
    await run(values).then(
      (text) => {
        form.reset();
        setSaid(text === undefined ? null : { text, problem: false });
      },
      (error: Error) => {
        setSaid({ text: error.message, problem: true });
        setFaults(faultsIn?.(error) ?? NO_FAULTS);
      },
    );
    setBusy(false);
  };
  return (
    <form className="form" aria-labelledby={id} onSubmit={(event) => void submit(event)}>
      <h2 id={id}>{title}</h2>
      {fields.map((field) => (
        <label key={field.name} className={field.kind === 'switch' ? 'switch' : ''}>
          <span>{field.label}</span>
          <Input field={field} fault={faults.has(field.name) ? `${id}-${field.name}` : null} />
          {faults.has(field.name) && (
            <span className="fault" id={`${id}-${field.name}`}>
              {faults.get(field.name)}
            </span>
          )}
        </label>
      ))}
      <button type="submit" className="main-action" disabled={busy}>
        {action}
      </button>
      <Said said={said} />
    </form>
  );
}

/** `fault`: the id of the words about what is wrong with it; null: nothing is known to be. */
function Input({ field, fault }: { readonly field: Field; readonly fault: string | null }) {
  const { name, kind, options, value = '', optional, autoComplete = 'off' } = field;
  const required = optional !== true;
  const described = fault === null ? {} : { 'aria-invalid': true, 'aria-describedby': fault };
  if (kind === 'long') return <textarea {...described} name={name} defaultValue={value} required={required} rows={6} />;
  if (kind === 'switch') return <input type="checkbox" name={name} value="yes" defaultChecked={value === 'yes'} />;
  if (kind === 'choice')
    return (
      <select {...described} name={name} defaultValue={value} required={required}>
        {options?.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  return (
    <input
      {...described}
      type={kind}
      name={name}
      defaultValue={value}
      required={required}
      autoComplete={autoComplete}
    />
  );
}
