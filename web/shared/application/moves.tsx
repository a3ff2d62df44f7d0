import { useState } from 'react';
import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import { type MoveName, needsGround } from '../../../core/applications/life.ts';
import { MOVE_WORDS } from '../../../core/applications/move-words.ts';
import { call } from '../client.ts';
import { useLanguage, useMessages } from '../language.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { messages } from './messages/index.ts';
import { type Variant, useVariant } from './passport.ts';
import { Problem } from '../problem.tsx';

/** What brings an application on; everything else is a side door. */
const FORWARD: ReadonlySet<MoveName> = new Set([
  'decide-positive',
  'resume',
  'fix',
  'give-result',
  'issue',
  'give-papers-back',
]);

interface MovesProps {
  readonly file: ApplicationFile;
  readonly moved: (file: ApplicationFile) => void;
}

/** What can be done with an application now: a button for each, and a question before those that need more. */
export function Moves({ file, moved }: MovesProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [asking, setAsking] = useState<MoveName | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // A draft is registered from its form, so that what was typed goes with it.
  const shown = file.moves.filter((move) => move !== 'register');
  const make = (move: MoveName, more: object = {}) => {
    setProblem(null);
    call('POST /api/applications/:applicationId/move', {
      params: { applicationId: file.applicationId },
      body: { commandId: crypto.randomUUID(), move, ...more },
    }).then(
      (after) => {
        setAsking(null);
        moved(after);
      },
      (error: Error) => setProblem(error.message),
    );
  };
  return (
    <section aria-labelledby="next">
      <h3 id="next">{words.next}</h3>
      {shown.length === 0 && <p>{words.nothing}</p>}
      <div className="row-actions">
        {shown.map((move) => (
          <button
            key={move}
            type="button"
            className={FORWARD.has(move) ? 'main-action' : ''}
            onClick={() => (needsGround(move) || move === 'issue' ? setAsking(move) : make(move))}
          >
            {MOVE_WORDS[move][language]}
          </button>
        ))}
      </div>
      <Problem text={problem} />
      {asking !== null && (
        <Dialog title={MOVE_WORDS[asking][language]} open close={() => setAsking(null)}>
          {asking === 'issue' ? (
            <Collector file={file} send={(more) => make('issue', more)} />
          ) : (
            <Ground file={file} move={asking} send={(more) => make(asking, more)} />
          )}
          <Problem text={problem} />
        </Dialog>
      )}
    </section>
  );
}

/** The grounds of a passport that can be named for a move. */
function groundsOf(variant: Variant, move: MoveName) {
  const list =
    move === 'refuse-acceptance'
      ? variant.acceptanceRefusals
      : move === 'decide-negative'
        ? variant.refusals
        : variant.suspensions;
  return list.map((ground, index) => ({ ...ground, code: ground.code ?? String(index + 1) }));
}

interface AskProps {
  readonly file: ApplicationFile;
  readonly send: (more: object) => void;
}

/** Nobody types a ground: there are those of the passport, and no other. */
function Ground({ file, move, send }: AskProps & { readonly move: MoveName }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const variant = useVariant(file.serviceId, file.version, file.variant);
  const [ground, setGround] = useState('');
  const [note, setNote] = useState('');
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        send({ ground, ...(note === '' ? {} : { note }) });
      }}
    >
      <label>
        <span>{words.chooseGround}</span>
        <select required value={ground} onChange={(event) => setGround(event.target.value)}>
          <option value="">—</option>
          {variant !== null &&
            groundsOf(variant, move).map(({ code, text, act }) => (
              <option key={code} value={code}>
                {text[language]} ({act})
              </option>
            ))}
        </select>
      </label>
      <label>
        <span>{words.noteToApplicant}</span>
        <textarea rows={3} maxLength={1_000} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <button type="submit" className="main-action">
        {words.do}
      </button>
    </form>
  );
}

/** Nothing is given out before a document was seen. */
function Collector({ file, send }: AskProps) {
  const words = useMessages(messages);
  const [who, setWho] = useState(file.personId);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        send({ collector: { personId: who, documentSeen: true, signed: true } });
      }}
    >
      <label>
        <span>{words.collector}</span>
        <select value={who} onChange={(event) => setWho(event.target.value)}>
          <option value={file.personId}>{words.applicant}</option>
          {file.representativeId !== null && <option value={file.representativeId}>{words.representative}</option>}
        </select>
      </label>
      <label className="switch">
        <span>{words.checked}</span>
        <input type="checkbox" required />
      </label>
      <button type="submit" className="main-action">
        {words.do}
      </button>
    </form>
  );
}
