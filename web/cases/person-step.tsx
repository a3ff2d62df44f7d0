import { type FormEvent, useId, useState } from 'react';
import type { Input } from '../../contract/contract.ts';
import type { Identity, Person, personContract, Purpose } from '../../contract/persons.ts';
import { FAULT_WORDS } from '../../core/applications/fault-words.ts';
import { fullNameOf } from '../../core/persons/names.ts';
import { dayInDigits } from '../../core/time/day-in-digits.ts';
import { call, CallProblem } from '../shared/client.ts';
import { Form } from '../shared/form.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { Choice } from '../shared/ui/choice.tsx';
import { keepReason, keptReason } from './begun.ts';
import { messages } from './messages/index.ts';
import { purposeFor, visitInAddress } from './purpose.ts';
import { Problem } from '../shared/problem.tsx';

type By = 'snils' | 'passport' | 'name';
type SearchBy = Input<(typeof personContract)['POST /api/persons/search']>['body']['by'];

interface PersonStepProps {
  readonly centreId: number;
  readonly chosen: (person: Person, purpose: Purpose) => void;
  /** False where only a registered person can be meant. */
  readonly mayAdd?: boolean;
}

/** The visitor: found by a number or by name, or added. */
export function PersonStep({ centreId, chosen, mayAdd = true }: PersonStepProps) {
  const words = useMessages(messages);
  const title = useId();
  const { reason, stated, forget } = useReason(centreId);
  const [by, setBy] = useState<By>('snils');
  const [found, setFound] = useState<readonly Person[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const purpose = () => purposeFor(centreId, reason);
  const choose = (person: Person) => {
    forget();
    chosen(person, purpose());
  };
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    const { snils = '', passport = '', surname = '', name = '', birth = '' } = values;
    const wanted =
      by === 'snils'
        ? { snils }
        : by === 'passport'
          ? { document: { kind: 'passport', number: passport } }
          : { surname, name, birth };
    setProblem(null);
    search(purpose(), wanted as SearchBy).then(setFound, (error: Error) => setProblem(error.message));
  };
  return (
    <section aria-labelledby={title}>
      <h2 id={title}>{words.who}</h2>
      {visitInAddress() === null && (
        <label className="reason">
          <span>{words.reason}</span>
          <input minLength={10} maxLength={300} value={reason} onChange={(event) => stated(event.target.value)} />
        </label>
      )}
      <Choice
        label={words.by}
        options={(['snils', 'passport', 'name'] as const).map((value) => ({ value, label: words.bys[value] }))}
        value={by}
        choose={setBy}
      />
      <form className="form find" aria-label={words.find} onSubmit={find}>
        <p className="quiet">{words.typedNotKept}</p>
        {FIELDS[by].map((name) => (
          <label key={name}>
            <span>{words[name]}</span>
            <input
              name={name}
              type={name === 'birth' ? 'date' : 'text'}
              // For a person with one name one of the two stays empty: the server says so where both are.
              required={name !== 'surname' && name !== 'name'}
              autoComplete="off"
            />
          </label>
        ))}
        <button type="submit" className="main-action">
          {words.find}
        </button>
      </form>
      <Problem text={problem} />
      {found !== null && <Found persons={found} chosen={choose} />}
      {mayAdd && found?.length === 0 && <NewPerson purpose={purpose} chosen={choose} />}
    </section>
  );
}

function search(purpose: Purpose, by: SearchBy): Promise<readonly Person[]> {
  return call('POST /api/persons/search', { body: { purpose, by } });
}

/** The stated reason for opening a person's data; a reload of the page keeps it, and the next person has a reason of their own. */
function useReason(centreId: number) {
  const [reason, setReason] = useState(() => keptReason(centreId));
  const stated = (next: string) => {
    setReason(next);
    keepReason(centreId, next);
  };
  return { reason, stated, forget: () => keepReason(centreId, '') };
}

const FIELDS = {
  snils: ['snils'],
  passport: ['passport'],
  name: ['surname', 'name', 'birth'],
} as const satisfies Record<By, readonly string[]>;

interface FoundProps {
  readonly persons: readonly Person[];
  readonly chosen: (person: Person) => void;
}

function Found({ persons, chosen }: FoundProps) {
  const words = useMessages(messages);
  if (persons.length === 0) return <p role="status">{words.notFound}</p>;
  return (
    <ul className="found" aria-label={words.found}>
      {persons.map((person) => (
        <li key={person.personId}>
          <strong>{fullNameOf(person.identity)}</strong>, {dayInDigits(person.identity.birth)}
          {documentEnd(person) !== '' && `, ${words.documentEnds(documentEnd(person))}`}{' '}
          <button type="button" onClick={() => chosen(person)}>
            {words.choose}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The end of the number of a person's latest document, by which one tells namesakes apart; empty without one. */
function documentEnd({ identity: { documents } }: Person): string {
  const [latest] = documents.toSorted((one, other) => other.issuedOn.localeCompare(one.issuedOn));
  return latest?.number.slice(-4) ?? '';
}

type TextName =
  | 'surname'
  | 'name'
  | 'patronymic'
  | 'birthPlace'
  | 'passport'
  | 'issuedBy'
  | 'snils'
  | 'inn'
  | 'address'
  | 'phone'
  | 'email';

interface NewPersonProps {
  readonly purpose: () => Purpose;
  readonly chosen: (person: Person) => void;
}

/** A person who is not known yet. */
function NewPerson({ purpose, chosen }: NewPersonProps) {
  const words = useMessages(messages);
  const [alike, setAlike] = useState<Identity | null>(null);
  const { language } = useLanguage();
  const text = (name: TextName, optional?: true) =>
    ({ name, label: words[name], kind: 'text', ...(optional === undefined ? {} : { optional }) }) as const;
  const save = async (identity: Identity, namesake: boolean) =>
    chosen(await call('POST /api/persons', { body: { purpose: purpose(), identity, namesake } }));
  const form = (
    <Form
      title={words.newPerson}
      action={words.save}
      fields={[
        text('surname', true),
        text('name', true),
        text('patronymic', true),
        { name: 'birth', label: words.birth, kind: 'date' },
        text('birthPlace', true),
        text('passport'),
        { name: 'issuedOn', label: words.issuedOn, kind: 'date' },
        text('issuedBy', true),
        text('snils', true),
        text('inn', true),
        text('address', true),
        text('phone', true),
        text('email', true),
      ]}
      faultsIn={(refusal) => faultsOf(refusal, language)}
      run={({ passport = '', issuedOn = '', issuedBy = '', ...rest }) => {
        const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
        const document = { kind: 'passport', number: passport, issuedOn, ...(issuedBy === '' ? {} : { issuedBy }) };
        const identity = { ...given, documents: [document] } as unknown as Identity;
        setAlike(null);
        return save(identity, false).catch((error: Error) => {
          if (error instanceof CallProblem && error.code === 'person-alike') setAlike(identity);
          throw error;
        });
      }}
    />
  );
  return (
    // Adding a person is another question.
    <div onChange={() => setAlike(null)}>
      {form}
      {alike !== null && (
        <Alike
          find={() => search(purpose(), nameAndBirthOf(alike))}
          chosen={chosen}
          addNamesake={() => save(alike, true)}
        />
      )}
    </div>
  );
}

function nameAndBirthOf({ surname = '', name = '', birth }: Identity) {
  return { surname, name, birth };
}

interface AlikeProps {
  readonly find: () => Promise<readonly Person[]>;
  readonly chosen: (person: Person) => void;
  readonly addNamesake: () => Promise<void>;
}

/** A person of the same name and date of birth is known: the clerk opens that record, or says that it is a namesake. */
function Alike({ find, chosen, addNamesake }: AlikeProps) {
  const words = useMessages(messages);
  const [known, setKnown] = useState<readonly Person[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const then = (step: Promise<unknown>) => {
    setProblem(null);
    step.catch((error: Error) => setProblem(error.message));
  };
  return (
    <section className="alike" aria-label={words.alike}>
      <div className="row-actions">
        <button type="button" className="main-action" onClick={() => then(find().then(setKnown))}>
          {words.showKnown}
        </button>
        <button type="button" onClick={() => then(addNamesake())}>
          {words.addNamesake}
        </button>
      </div>
      <Problem text={problem} />
      {known !== null && <Found persons={known} chosen={chosen} />}
    </section>
  );
}

/** What is wrong with a new person, by the fields of the form: those of the passport stand in it by themselves. */
function faultsOf(refusal: Error, language: 'ru' | 'en'): ReadonlyMap<string, string> {
  if (!(refusal instanceof CallProblem)) return new Map();
  const {
    fields = [],
    name,
    reason,
  } = refusal.params as {
    readonly fields?: readonly { readonly field: string; readonly fault: keyof typeof FAULT_WORDS }[];
    readonly name?: string;
    readonly reason?: keyof typeof FAULT_WORDS;
  };
  const all = [...fields, ...(name === undefined || reason === undefined ? [] : [{ field: name, fault: reason }])];
  return new Map(all.map(({ field, fault }) => [FORM_NAMES[field] ?? field, FAULT_WORDS[fault][language]]));
}

const FORM_NAMES: Readonly<Record<string, string>> = {
  'documents.0.number': 'passport',
  'documents.0.issuedOn': 'issuedOn',
};
