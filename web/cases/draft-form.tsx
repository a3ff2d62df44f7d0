import { useState } from 'react';
import type { ApplicationFile, GivenEvidence } from '../../contract/application-shapes.ts';
import type { Person } from '../../contract/persons.ts';
import { absence } from '../../core/applications/absence.ts';
import { FAULT_WORDS } from '../../core/applications/fault-words.ts';
import {
  askedFields,
  type Answers,
  type FieldFault,
  type FormField,
  formFaults,
  holds,
} from '../../core/applications/form.ts';
import { isDraft } from '../../core/applications/life.ts';
import { useVariant, type Variant } from '../shared/application/passport.ts';
import { dayInDigits } from '../../core/time/day-in-digits.ts';
import { call } from '../shared/client.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { useDraftWriter } from './draft-writer.ts';
import { EvidenceField, type Given, withFiles } from './evidence-field.tsx';
import { FromScanner } from './from-scanner.tsx';
import { messages } from './messages/index.ts';
import { Said, type SaidWords } from '../shared/problem.tsx';

interface DraftFormProps {
  readonly file: ApplicationFile;
  readonly person: Person | null;
  readonly saved: (file: ApplicationFile) => void;
}

/** The form of a draft, as its passport has it, with the known facts filled in. */
export function DraftForm({ file, person, saved }: DraftFormProps) {
  const variant = useVariant(file.serviceId, file.version, file.variant);
  return variant === null ? null : <Fields file={file} person={person} variant={variant} saved={saved} />;
}

function Fields({ file, person, variant, saved }: DraftFormProps & { readonly variant: Variant }) {
  const words = useMessages(messages);
  const [answers, setAnswers] = useState<Answers>(file.answers);
  const [given, setGiven] = useState<ReadonlyMap<string, Given>>(() => givenBefore(file));
  const [contact, setContact] = useState(
    () => file.contact?.phone ?? file.contact?.email ?? person?.identity.phone ?? person?.identity.email ?? '',
  );
  const [said, setSaid] = useState<SaidWords | null>(null);
  const { language } = useLanguage();
  const form = (variant.form ?? []) as readonly FormField[];
  const faults = new Map(formFaults(form, answers, file.today).map(({ field, fault }) => [field, fault]));
  // What was sent back is corrected here, and sent to the agency again.
  const isFix = file.state === 'fix-requested';
  const draft = {
    answers: { ...answers },
    evidence: [...given].flatMap(([kind, one]) => sentEvidence(kind, one, person)),
    ...sentContact(contact, language),
  };
  const write = useDraftWriter(file, draft, isDraft(file.state), saved);
  const send = async (andRegister: boolean) => {
    await write(draft);
    if (!andRegister) return;
    const params = { applicationId: file.applicationId };
    const body = { commandId: crypto.randomUUID(), move: isFix ? ('fix' as const) : ('register' as const) };
    saved(await call('POST /api/applications/:applicationId/move', { params, body }));
  };
  const save = (andRegister: boolean) => {
    setSaid(null);
    send(andRegister).then(
      () => setSaid({ text: words.saved, problem: false }),
      (error: Error) => setSaid({ text: error.message, problem: true }),
    );
  };
  return (
    <form
      className="form draft"
      aria-labelledby="fill"
      onSubmit={(event) => {
        event.preventDefault();
        save(true);
      }}
    >
      <h2 id="fill">{words.fill}</h2>
      {askedFields(form, answers).map((field) => (
        <AnswerField
          key={field.name}
          field={field}
          value={answers[field.name] ?? ''}
          fault={faults.get(field.name) ?? null}
          write={(value) => setAnswers((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      <DaysAway file={file} variant={variant} answers={answers} />
      <Documents centreId={file.centreId} variant={variant} answers={answers} given={given} setGiven={setGiven} />
      <label>
        <span>{words.howToTell}</span>
        <input value={contact} onChange={(event) => setContact(event.target.value)} autoComplete="off" />
      </label>
      <div className="row-actions">
        <button type="submit" className="main-action" disabled={file.state === 'blocked'}>
          {isFix ? words.sendAgain : words.register}
        </button>
        <button type="button" onClick={() => save(false)}>
          {words.saveDraft}
        </button>
      </div>
      {isDraft(file.state) && <p className="quiet">{words.keptByItself}</p>}
      <Said said={said} />
    </form>
  );
}

interface DaysAwayProps {
  readonly file: ApplicationFile;
  readonly variant: Variant;
  readonly answers: Answers;
}

/** Whether an absence counts, as soon as both of its days stand in the form. */
function DaysAway({ file: { today }, variant: { absence: rule }, answers }: DaysAwayProps) {
  const words = useMessages(messages);
  const counted = rule === undefined ? null : absence(rule, answers, today);
  if (rule === undefined || counted === null) return null;
  const { fullDays, enough, inTime } = counted;
  const fileBy = dayInDigits(counted.fileBy);
  return (
    <p className={enough && inTime ? 'done' : 'problem'} role="status">
      {words.daysAway(fullDays)} {enough ? words.fileBy(fileBy, inTime) : words.awayTooShort(rule.moreThanDays)}
    </p>
  );
}

interface DocumentsProps {
  readonly centreId: number;
  readonly variant: Variant;
  readonly answers: Answers;
  readonly given: ReadonlyMap<string, Given>;
  readonly setGiven: (change: (before: ReadonlyMap<string, Given>) => ReadonlyMap<string, Given>) => void;
}

/** What the applicant has to bring, with these answers. */
function Documents({ centreId, variant, answers, given, setGiven }: DocumentsProps) {
  const words = useMessages(messages);
  const asked = variant.evidence.filter(({ broughtBy, when }) => broughtBy === 'applicant' && holds(when, answers));
  const { language } = useLanguage();
  const has = new Set([...given.values()].flatMap(({ files }) => files.map(({ fileId }) => fileId)));
  return (
    <fieldset>
      <legend>{words.documents}</legend>
      <p className="quiet">{words.scanRule}</p>
      <FromScanner
        centreId={centreId}
        documents={asked.map(({ kind, name }) => ({ kind, name: name[language] }))}
        has={has}
        take={(kind, scan) =>
          setGiven((before) => withGiven(before, kind, withFiles(before.get(kind) ?? null, [scan])))
        }
      />
      {asked.map((need) => (
        <EvidenceField
          key={need.kind}
          need={need}
          given={given.get(need.kind) ?? null}
          give={(one) => setGiven((before) => withGiven(before, need.kind, one))}
        />
      ))}
    </fieldset>
  );
}

function sentContact(text: string, language: 'ru' | 'en') {
  const contact = text.trim();
  if (contact === '') return {};
  return { contact: { ...(contact.includes('@') ? { email: contact } : { phone: contact }), language } };
}

function withGiven(before: ReadonlyMap<string, Given>, kind: string, one: Given | null): ReadonlyMap<string, Given> {
  const next = new Map(before);
  if (one === null) next.delete(kind);
  else next.set(kind, one);
  return next;
}

function givenBefore({ evidence }: ApplicationFile): Map<string, Given> {
  return new Map(
    evidence.map(({ kind, seen, copies, files, reason, issuedOn }) => [
      kind,
      { seen, copies, files, fresh: [], reason: reason ?? '', issuedOn: issuedOn ?? '' },
    ]),
  );
}

/** What is sent of a document; the passport goes with its number, so that its scan is found the next time. */
function sentEvidence(
  kind: string,
  { seen, copies, fresh, reason = '', issuedOn = '' }: Given,
  person: Person | null,
): GivenEvidence[] {
  const document = person?.identity.documents.find((one) => one.kind === kind);
  return [
    {
      kind,
      seen,
      copies,
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      ...(issuedOn === '' ? {} : { issuedOn: issuedOn as never }),
      ...(document === undefined ? {} : { document: { number: document.number, issuedOn: document.issuedOn } }),
      ...(fresh.length === 0 ? {} : { fileIds: [...fresh] }),
    },
  ];
}

interface AnswerFieldProps {
  readonly field: FormField;
  readonly value: string;
  readonly fault: FieldFault | null;
  readonly write: (value: string) => void;
}

/** One field. Its fault is shown next to it once it is not empty. */
function AnswerField({ field, value, fault, write }: AnswerFieldProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const id = `answer-${field.name}`;
  const shown = fault !== null && (value !== '' || fault !== 'missing');
  const described = { id, 'aria-invalid': shown, ...(shown ? { 'aria-describedby': `${id}-fault` } : {}) };
  const options =
    field.kind === 'yes-no'
      ? [
          { value: 'yes', label: words.yes },
          { value: 'no', label: words.no },
        ]
      : field.kind === 'choice'
        ? (field.options ?? []).map((option) => ({ value: option.value, label: option.label[language] }))
        : null;
  return (
    <div className="answer">
      <label htmlFor={id}>
        {field.label[language]}
        {field.optional === true && <span className="quiet"> ({words.optional})</span>}
      </label>
      {options !== null ? (
        <select {...described} value={value} onChange={(event) => write(event.target.value)}>
          <option value="">—</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : field.kind === 'long' ? (
        <textarea {...described} rows={3} value={value} onChange={(event) => write(event.target.value)} />
      ) : (
        <input
          {...described}
          type={field.kind === 'date' ? 'date' : 'text'}
          autoComplete="off"
          value={value}
          onChange={(event) => write(event.target.value)}
        />
      )}
      {shown && (
        <p className="fault" id={`${id}-fault`}>
          {FAULT_WORDS[fault][language]}
        </p>
      )}
    </div>
  );
}
