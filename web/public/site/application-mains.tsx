import { dayInDigits } from '../../../core/time/day-in-digits.ts';
import { FormProblem } from './parts.tsx';
import type { MainProps } from './main-props.ts';
import { localeOf } from '../../shared/locale.ts';

/** The number and the code stand on the receipt. */
export function ApplicationFind({ shown: { number, problem }, words }: MainProps<'application-find'>) {
  const described = problem === null ? undefined : 'problem';
  return (
    <main id="application-find">
      <h1>{words.applicationTitle}</h1>
      <p>{words.applicationLead}</p>
      <FormProblem problem={problem} field="number" />
      <form method="post" action="/application" className="question" noValidate>
        <label htmlFor="number">{words.applicationNumber}</label>
        <input
          id="number"
          name="number"
          defaultValue={number}
          maxLength={40}
          autoComplete="off"
          aria-describedby={described}
        />
        <label htmlFor="code">{words.applicationCode}</label>
        <input id="code" name="code" maxLength={12} autoComplete="off" aria-describedby={described} />
        <button type="submit" className="main-action">
          {words.open}
        </button>
      </form>
    </main>
  );
}

/** What becomes of an application: first what has to be done, then the dates, then what has happened. */
export function ApplicationMain({ shown: { status, code, where }, words, language }: MainProps<'application'>) {
  const { number, service, words: state, toDo, ground, promised, lastDay, storedUntil, awaiting, history } = status;
  const moment = new Intl.DateTimeFormat(localeOf(language), {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: where?.zone ?? 'UTC',
  });
  const dates = [
    [words.applicationPromised, promised],
    [words.applicationLastDay, lastDay],
    [words.applicationStored, storedUntil],
  ] as const;
  return (
    <main id="application">
      <h1>
        {words.applicationTitle} {number}
      </h1>
      <p>{service[language]}</p>
      <p className="big">{state[language]}</p>
      {toDo !== null && (
        <p className="hint">
          <strong>{toDo[language]}</strong>
        </p>
      )}
      {ground !== null && <p>{ground[language]}</p>}
      <dl>
        {dates.map(([name, day]) =>
          day === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{dayInDigits(day)}</dd>
            </div>
          ),
        )}
        {where !== null && (
          <div>
            <dt>{words.applicationWhere}</dt>
            <dd>
              {where.name[language]}
              {where.address !== '' && `, ${where.address}`}
            </dd>
          </div>
        )}
      </dl>
      {awaiting.map(({ chargeId, uin, amount }) => (
        <p key={chargeId}>
          {words.applicationToPay((amount / 100).toFixed(2))} УИН {uin}
        </p>
      ))}
      <form data-push className="question" hidden>
        <input type="hidden" name="number" value={number} />
        <input type="hidden" name="code" value={code} />
        <button type="submit">{words.applicationPush}</button>
        <p role="status" data-done={words.applicationPushDone} data-refused={words.applicationPushRefused} />
      </form>
      <h2>{words.applicationHistory}</h2>
      <ol>
        {history.map(({ at, words: then }) => (
          <li key={at}>
            {moment.format(at)} — {then[language]}
          </li>
        ))}
      </ol>
    </main>
  );
}
