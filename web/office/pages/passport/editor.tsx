import { type FormEvent, useId, useState } from 'react';
import type { Passport } from '../../../../contract/catalogue.ts';
import { useMessages } from '../../../shared/language.tsx';
import { QueryState, useQuery } from '../../../shared/query.ts';
import { messages } from '../../messages/index.ts';
import { Members } from './part-field.tsx';
import { kindOf, type Part, type Shape } from './shape.ts';
import { Said, type SaidWords } from '../../../shared/problem.tsx';

interface EditorProps {
  readonly passport: Passport;
  /** Writes the draft. Throws with a sentence that says what does not fit, and where. */
  readonly write: (passport: Passport) => Promise<void>;
}

/** A passport as one form, drawn from its schema: whatever a passport may hold can be written here. */
export function PassportEditor({ passport, write }: EditorProps) {
  const words = useMessages(messages);
  const id = useId();
  const schema = useQuery('GET /api/catalogue-schema', {});
  const [draft, setDraft] = useState<Part>(passport as unknown as Part);
  const [said, setSaid] = useState<SaidWords | null>(null);
  if (schema.data === null) return <QueryState of={schema} />;
  const kind = kindOf(schema.data as Shape);
  if (kind?.kind !== 'group') return null;
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setSaid(null);
    await write(draft as unknown as Passport).then(
      () => setSaid({ text: words.done, problem: false }),
      (error: Error) => setSaid({ text: error.message, problem: true }),
    );
  };
  return (
    <form className="form passport" aria-labelledby={id} noValidate onSubmit={(event) => void submit(event)}>
      <h2 id={id}>{words.writeDraft}</h2>
      <Members kind={kind} value={draft} change={setDraft} />
      <button type="submit" className="main-action">
        {words.writeDraft}
      </button>
      <Said said={said} />
    </form>
  );
}
