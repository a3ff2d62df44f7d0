import { FAULT_WORDS } from '../../../core/applications/fault-words.ts';
import { codeInGroups } from '../../../core/applications/code.ts';
import type { FieldFault, FormField } from '../../../core/applications/form.ts';
import { FormProblem } from './parts.tsx';
import type { MainProps } from './main-props.ts';

/** The questions of a service, without those about the person. Follow-up questions are asked after an answer was sent. */
export function HomeForm({ shown, words, language }: MainProps<'home-form'>) {
  const { card, variants, variant, fields, answers, faults, problem } = shown;
  const wrong = new Map(faults.map(({ field, fault }) => [field, fault]));
  const action = `/services/${card.serviceId}/begin`;
  return (
    <main id="home-form">
      <h1>{card.name[language]}</h1>
      <p>{words.homeFormLead}</p>
      <FormProblem problem={problem} field={faults[0]?.field ?? 'send'} />
      {variants.length > 1 && (
        <nav aria-label={words.homeVariant}>
          <ul className="links">
            {variants.map(({ code, name }) => (
              <li key={code}>
                {code === variant ? (
                  <strong>{name[language]}</strong>
                ) : (
                  <a href={`${action}?variant=${code}`}>{name[language]}</a>
                )}
              </li>
            ))}
          </ul>
        </nav>
      )}
      <form method="post" action={action} className="question" noValidate>
        <input type="hidden" name="variant" value={variant} />
        {fields.length === 0 && <p className="hint">{words.homeNothing}</p>}
        {fields.map((field) => (
          <Question
            key={field.name}
            field={field}
            answer={answers[field.name] ?? ''}
            fault={wrong.get(field.name) ?? null}
            optional={words.homeOptional}
            language={language}
          />
        ))}
        {fields.length > 0 && (
          <button type="submit" className="main-action" id="send">
            {words.homeKeep}
          </button>
        )}
      </form>
    </main>
  );
}

interface QuestionProps {
  readonly field: FormField;
  readonly answer: string;
  readonly fault: FieldFault | null;
  readonly optional: string;
  readonly language: 'ru' | 'en';
}

const YES_NO = [
  { value: 'yes', label: { ru: 'да', en: 'yes' } },
  { value: 'no', label: { ru: 'нет', en: 'no' } },
];

function Question({ field, answer, fault, optional, language }: QuestionProps) {
  const { name, kind, label } = field;
  const options = kind === 'yes-no' ? YES_NO : kind === 'choice' ? (field.options ?? []) : null;
  const described = {
    id: name,
    name,
    defaultValue: answer,
    ...(fault === null ? {} : { 'aria-invalid': true, 'aria-describedby': `${name}-fault` }),
  };
  return (
    <>
      <label htmlFor={name}>
        {label[language]}
        {field.optional === true && <span className="quiet"> ({optional})</span>}
      </label>
      {options !== null ? (
        <select {...described}>
          <option value="">—</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label[language]}
            </option>
          ))}
        </select>
      ) : kind === 'long' ? (
        <textarea {...described} rows={4} maxLength={2_000} />
      ) : (
        <input {...described} type={kind === 'date' ? 'date' : 'text'} maxLength={200} autoComplete="off" />
      )}
      {fault !== null && (
        <p className="problem" id={`${name}-fault`}>
          {FAULT_WORDS[fault][language]}
        </p>
      )}
    </>
  );
}

/** The code is shown once: it is written down, printed or photographed. */
export function HomeKept({ shown: { card, code, until }, words, language }: MainProps<'home-kept'>) {
  return (
    <main id="home-kept">
      <h1>{words.homeKeptTitle}</h1>
      <p>{card.name[language]}</p>
      <p className="big">
        {words.homeCode}: <strong>{codeInGroups(code)}</strong>
      </p>
      <p>{words.homeCodeLead(until)}</p>
      <ul className="actions">
        <li>
          <a className="button main-action" href={`/book?service=${card.serviceId}`}>
            {words.book}
          </a>
        </li>
        <li>
          <a href={`/services/${card.serviceId}`}>{words.documents}</a>
        </li>
      </ul>
    </main>
  );
}

/** The code came by message; the date of birth is known only to the co-signer. */
export function CoSignFind({ shown: { problem }, words }: MainProps<'co-sign-find'>) {
  const described = problem === null ? undefined : 'problem';
  return (
    <main id="co-sign-find">
      <h1>{words.coSignTitle}</h1>
      <p>{words.coSignLead}</p>
      <FormProblem problem={problem} field="code" />
      <form method="post" action="/co-sign" className="question" noValidate>
        <label htmlFor="code">{words.coSignCode}</label>
        <input id="code" name="code" maxLength={20} autoComplete="off" aria-describedby={described} />
        <label htmlFor="birth">{words.coSignBirth}</label>
        <input id="birth" name="birth" type="date" autoComplete="bday" aria-describedby={described} />
        <button type="submit" className="main-action">
          {words.open}
        </button>
      </form>
    </main>
  );
}

/** What is signed, and below it the one button. */
export function CoSign({ shown: { code, birth, shown, problem }, words, language }: MainProps<'co-sign'>) {
  const { service, variant, signer, answers, digest, signed } = shown;
  return (
    <main id="co-sign">
      <h1>{words.coSignTitle}</h1>
      <FormProblem problem={problem} field="sign" />
      <p>
        {service[language]} ({variant[language]})
      </p>
      <p>
        {words.coSignAs}: {signer[language]}
      </p>
      <dl className="facts">
        {answers.map(({ label, value }) => (
          <div key={label.ru}>
            <dt>{label[language]}</dt>
            <dd>{value[language] === '' ? '—' : value[language]}</dd>
          </div>
        ))}
      </dl>
      {signed ? (
        <p className="big" role="status">
          {words.coSigned}
        </p>
      ) : (
        <form method="post" action="/co-sign" className="question">
          {Object.entries({ code, birth, digest }).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <p>{words.coSignMeaning}</p>
          <button type="submit" className="main-action" id="sign">
            {words.coSign}
          </button>
        </form>
      )}
    </main>
  );
}
