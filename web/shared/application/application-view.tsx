import { useState } from 'react';
import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import { askedFields, type FormField, shownAnswer } from '../../../core/applications/form.ts';
import { type MoveName, STATE_WORDS } from '../../../core/applications/life.ts';
import { MOVE_WORDS } from '../../../core/applications/move-words.ts';
import { dayInDigits } from '../../../core/time/day-in-digits.ts';
import { call } from '../client.ts';
import { useLanguage, useMessages } from '../language.tsx';
import './application.css';
import { messages } from './messages/index.ts';
import { Moves } from './moves.tsx';
import { Queries } from './queries.tsx';
import { useVariant } from './passport.ts';
import { localeOf } from '../locale.ts';
import { paths } from '../paths.ts';

interface ApplicationProps {
  readonly file: ApplicationFile;
  readonly changed: (file: ApplicationFile) => void;
}

/** Everything of an application, for the staff who work on it. */
export function ApplicationView({ file, changed }: ApplicationProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const { number, state, service, refused, code, note } = file;
  return (
    <article className="application" aria-labelledby="application">
      <h2 id="application">
        {number ?? '—'} · {service[language]}
      </h2>
      <p className={`state state-${state}`} role="status">
        {STATE_WORDS[state][language]}
        {refused && ` (${words.refused})`}
      </p>
      <Dates file={file} />
      {note !== null && (
        <p>
          {words.note}: {note}
        </p>
      )}
      {code !== null && (
        <p>
          {words.code}: <strong className="enquiry-code">{code}</strong>{' '}
          <a href={paths.receipt(file.applicationId, language)} target="_blank" rel="noreferrer">
            {words.receipt}
          </a>
        </p>
      )}
      <Moves file={file} moved={changed} />
      <Answers file={file} />
      <Evidence file={file} />
      <Printed file={file} />
      <Papers file={file} />
      <Charges file={file} changed={changed} />
      <Queries file={file} />
      <Notices file={file} />
      <History file={file} />
    </article>
  );
}

/** The dates of an application, those that there are. */
function Dates({ file }: { readonly file: ApplicationFile }) {
  const words = useMessages(messages);
  const { registeredOn, lastDay, promised, dispatchBy, agencyBy, storedUntil, responsible, standing, termFault } = file;
  const dates = [
    [words.registered, registeredOn],
    [words.promised, promised],
    [words.lastDay, lastDay],
    [words.dispatchBy, file.state === 'registered' ? dispatchBy : null],
    [words.agencyBy, agencyBy],
    [words.storedUntil, storedUntil],
  ] as const;
  return (
    <>
      <dl className="dates">
        {dates.map(([name, day]) =>
          day === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{dayInDigits(day)}</dd>
            </div>
          ),
        )}
        <div>
          <dt>{words.responsible}</dt>
          <dd>{responsible}</dd>
        </div>
      </dl>
      {termFault !== null && <p className="problem">{words.noDate}</p>}
      {standing !== null && standing !== 'far' && <p className={`standing standing-${standing}`}>{words[standing]}</p>}
    </>
  );
}

/** What was asked and answered; while it is a draft the form shows it. */
function Answers({ file }: { readonly file: ApplicationFile }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const variant = useVariant(file.serviceId, file.version, file.variant);
  const fields = askedFields((variant?.form ?? []) as readonly FormField[], file.answers);
  const answered = fields.filter(({ name }) => (file.answers[name] ?? '') !== '');
  if (file.number === null || answered.length === 0) return null;
  return (
    <section aria-labelledby="answers">
      <h3 id="answers">{words.answers}</h3>
      <dl>
        {answered.map((field) => (
          <div key={field.name}>
            <dt>{field.label[language]}</dt>
            <dd>{shownAnswer(field, file.answers[field.name] ?? '', language)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What is printed to be signed. */
function Printed({ file }: { readonly file: ApplicationFile }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const variant = useVariant(file.serviceId, file.version, file.variant);
  const templates = variant?.templates ?? [];
  if (templates.length === 0 || !file.moves.some((move) => ['register', 'withdraw'].includes(move))) return null;
  return (
    <section aria-labelledby="printed">
      <h3 id="printed">{words.printed}</h3>
      <ul>
        {templates.map(({ code, name }) => (
          <li key={code}>
            <a href={paths.document(file.applicationId, code, language)} target="_blank" rel="noreferrer">
              {name[language]} (PDF)
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Evidence({ file }: { readonly file: ApplicationFile }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const variant = useVariant(file.serviceId, file.version, file.variant);
  if (file.evidence.length === 0) return null;
  const nameOf = (kind: string) => variant?.evidence.find((one) => one.kind === kind)?.name[language] ?? kind;
  return (
    <section aria-labelledby="documents">
      <h3 id="documents">{words.documents}</h3>
      <ul>
        {file.evidence.map(({ kind, seen, files }) => (
          <li key={kind}>
            {nameOf(kind)} — {words.seen[seen]}
            {files.map(({ fileId, name, state }) => (
              <span key={fileId}>
                {' · '}
                {state === 'clean' ? (
                  <a href={paths.file(fileId)} target="_blank" rel="noreferrer">
                    {words.openScan}: {name}
                  </a>
                ) : (
                  words[state]
                )}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Papers({ file }: { readonly file: ApplicationFile }) {
  const words = useMessages(messages);
  if (file.papers.length === 0) return null;
  return (
    <section aria-labelledby="papers">
      <h3 id="papers">{words.papers}</h3>
      <ul>
        {file.papers.map(({ barcode, form, place, where }) => (
          <li key={barcode}>
            <code>{barcode}</code> {words.forms[form as keyof typeof words.forms]} —{' '}
            {words.places[place as keyof typeof words.places]} {where}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Charges({ file, changed }: ApplicationProps) {
  const words = useMessages(messages);
  const [said, setSaid] = useState<string | null>(null);
  if (file.charges.length === 0) return null;
  const again = (sentence: string | null) => {
    setSaid(sentence);
    return call('GET /api/applications/:applicationId', { params: { applicationId: file.applicationId } }).then(
      changed,
    );
  };
  const fail = (error: Error) => setSaid(error.message);
  const pay = (chargeId: string) =>
    void call('POST /api/charges/:chargeId/pay-here', {
      params: { chargeId },
      body: { commandId: crypto.randomUUID() },
    })
      .then(({ outcome }) => again(words.terminal[outcome]))
      .catch(fail);
  const refunded = (chargeId: string) =>
    void call('POST /api/charges/:chargeId/refunded', {
      params: { chargeId },
      body: { commandId: crypto.randomUUID() },
    })
      .then(() => again(null))
      .catch(fail);
  return (
    <section aria-labelledby="charges">
      <h3 id="charges">{words.charges}</h3>
      <ul>
        {file.charges.map(({ chargeId, uin, amount, state }) => (
          <li key={chargeId}>
            {words.roubles(amount)}, УИН {uin} — {words.chargeStates[state]}{' '}
            {state === 'awaiting' && (
              <button type="button" onClick={() => pay(chargeId)}>
                {words.pay}
              </button>
            )}
            {state === 'refund-asked' && (
              <button type="button" onClick={() => refunded(chargeId)}>
                {words.refundDone}
              </button>
            )}
          </li>
        ))}
      </ul>
      {said !== null && <p role="status">{said}</p>}
    </section>
  );
}

function Notices({ file }: { readonly file: ApplicationFile }) {
  const words = useMessages(messages);
  if (file.notices.length === 0) return null;
  return (
    <section aria-labelledby="notices">
      <h3 id="notices">{words.notices}</h3>
      <ul>
        {file.notices.map(({ noticeId, kind, way, state, fault }) => (
          <li key={noticeId}>
            {words.noticeKinds[kind as keyof typeof words.noticeKinds] ?? kind} · {words.ways[way]} ·{' '}
            {words.noticeStates[state]}
            {fault !== null && ` (${words.noticeFaults[fault]})`}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Moves have their words in one table; what is no move has them on this screen. */
function moveInWords(move: string, other: Readonly<Record<string, string>>, language: 'ru' | 'en'): string {
  return MOVE_WORDS[move as MoveName]?.[language] ?? other[move] ?? move;
}

function History({ file }: { readonly file: ApplicationFile }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const moment = new Intl.DateTimeFormat(localeOf(language), {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: file.timeZone,
  });
  return (
    <section aria-labelledby="history">
      <h3 id="history">{words.history}</h3>
      <ol>
        {file.events.map(({ at, actor, move, state }) => (
          <li key={`${at}/${move}`}>
            {moment.format(at)} · {moveInWords(move, words.other, language)} → {STATE_WORDS[state][language]} · {actor}
          </li>
        ))}
      </ol>
    </section>
  );
}
