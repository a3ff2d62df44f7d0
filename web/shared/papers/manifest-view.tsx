import { useState } from 'react';
import type { Manifest } from '../../../contract/papers.ts';
import { call, CallProblem } from '../client.ts';
import { useMessages } from '../language.tsx';
import { messages as applicationMessages } from '../application/messages/index.ts';
import { Camera } from './camera.tsx';
import { messages } from './messages/index.ts';
import './papers.css';
import { Problem } from '../problem.tsx';

interface ManifestProps {
  readonly manifest: Manifest;
  /** True for the end that fills and seals it; false for the one that takes it over. */
  readonly sends: boolean;
  readonly changed: (manifest: Manifest) => void;
}

type Outcome = 'handed' | 'refused' | 'missing';

/** A manifest: filled by scanning, sealed, and taken over paper by paper. */
export function ManifestView({ manifest, sends, changed }: ManifestProps) {
  const words = useMessages(messages);
  const [problem, setProblem] = useState<string | null>(null);
  // Asked only when papers turned out to be missing.
  const [isMissing, setMissing] = useState(false);
  const { manifestId, number, state, direction, late, lines } = manifest;
  const params = { manifestId };
  const run = (asked: Promise<Manifest>) => {
    setProblem(null);
    asked.then(changed, (error: Error) => {
      setProblem(error.message);
      if (error instanceof CallProblem && error.code === 'papers-missing') setMissing(true);
    });
  };
  return (
    <article className="manifest" aria-labelledby="manifest">
      <h2 id="manifest">{words.manifest(number)}</h2>
      <p>
        {words.directions[direction]} · {words.states[state]}
      </p>
      {late.length > 0 && <p className="problem">{words.lateOnes(late.join(', '))}</p>}
      {sends && state === 'open' && (
        <Fill
          scan={(barcode) => run(call('POST /api/manifests/:manifestId/papers', { params, body: { barcode } }))}
          seal={(said) => run(call('POST /api/manifests/:manifestId/seal', { params, body: said }))}
          isMissing={isMissing}
          isEmpty={lines.length === 0}
        />
      )}
      <Problem text={problem} />
      {!sends && state === 'sealed' ? (
        <TakeOver
          manifest={manifest}
          take={(said) =>
            run(
              call('POST /api/manifests/:manifestId/hand-over', {
                params,
                body: { commandId: crypto.randomUUID(), lines: said },
              }),
            )
          }
        />
      ) : (
        <Lines
          manifest={manifest}
          takeOut={
            sends && state === 'open'
              ? (barcode) => run(call('POST /api/manifests/:manifestId/take-out', { params, body: { barcode } }))
              : null
          }
        />
      )}
      <button type="button" className="no-print" onClick={() => window.print()}>
        {words.print}
      </button>
    </article>
  );
}

interface FillProps {
  readonly scan: (barcode: string) => void;
  readonly seal: (said: { seal: string; withoutMissing?: boolean }) => void;
  /** True when papers of these applications are missing. */
  readonly isMissing: boolean;
  readonly isEmpty: boolean;
}

/** A scanner types the digits and presses Enter; staff without one type them. */
function Fill({ scan, seal, isMissing, isEmpty }: FillProps) {
  const words = useMessages(messages);
  return (
    <div className="columns no-print">
      <form
        className="form"
        aria-label={words.scanPaper}
        onSubmit={(event) => {
          event.preventDefault();
          scan(String(new FormData(event.currentTarget).get('barcode')));
          event.currentTarget.reset();
        }}
      >
        <label>
          <span>{words.scanPaper}</span>
          <input name="barcode" inputMode="numeric" required autoComplete="off" />
        </label>
        <button type="submit">{words.add}</button>
        <Camera scan={scan} />
      </form>
      <form
        className="form"
        aria-label={words.sealIt}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const without = form.get('without') === 'yes';
          seal({ seal: String(form.get('seal')), ...(without ? { withoutMissing: true } : {}) });
        }}
      >
        <label>
          <span>{words.sealNumber}</span>
          <input name="seal" required maxLength={40} autoComplete="off" />
        </label>
        {isMissing && (
          <label>
            <input type="checkbox" name="without" value="yes" />
            <span>{words.withoutMissing}</span>
          </label>
        )}
        <button type="submit" className="main-action" disabled={isEmpty}>
          {words.sealIt}
        </button>
      </form>
    </div>
  );
}

interface LinesProps {
  readonly manifest: Manifest;
  readonly takeOut: ((barcode: string) => void) | null;
}

function Lines({ manifest, takeOut }: LinesProps) {
  const words = useMessages(messages);
  const { forms } = useMessages(applicationMessages);
  return (
    <ul className="manifest-lines">
      {manifest.lines.map(({ barcode, number, form, sheets, outcome, note }) => (
        <li key={barcode}>
          <code>{barcode}</code> {number} · {forms[form]}, {words.sheets(sheets)} · {words.outcomes[outcome]}
          {note !== null && ` (${note})`}{' '}
          {takeOut !== null && (
            <button type="button" className="link no-print" onClick={() => takeOut(barcode)}>
              {words.takeOut}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

interface TakeOverProps {
  readonly manifest: Manifest;
  readonly take: (lines: { barcode: string; outcome: Outcome; note?: string }[]) => void;
}

/** Every paper gets a word: taken, refused, or not there. */
function TakeOver({ manifest, take }: TakeOverProps) {
  const words = useMessages(messages);
  const { forms } = useMessages(applicationMessages);
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  return (
    <form
      className="form"
      aria-label={words.takeOver}
      onSubmit={(event) => {
        event.preventDefault();
        take(manifest.lines.map(({ barcode }) => ({ barcode, outcome: outcomes.get(barcode) ?? 'handed' })));
      }}
    >
      {manifest.lines.map(({ barcode, number, form, sheets }) => (
        <label key={barcode} className="manifest-line">
          <span>
            <code>{barcode}</code> {number} · {forms[form]}, {words.sheets(sheets)}
          </span>
          <select
            value={outcomes.get(barcode) ?? 'handed'}
            onChange={(event) => setOutcomes(new Map([...outcomes, [barcode, event.target.value as Outcome]]))}
          >
            {(['handed', 'refused', 'missing'] as const).map((outcome) => (
              <option key={outcome} value={outcome}>
                {words.outcomes[outcome]}
              </option>
            ))}
          </select>
        </label>
      ))}
      <button type="submit" className="main-action">
        {words.takeOver}
      </button>
    </form>
  );
}
