import { useState } from 'react';
import { CLOSE_REASONS, STOP_REASONS } from '../../core/queue/events.ts';
import { useAnswer } from '../shared/answers.ts';
import { call } from '../shared/client.ts';
import { useMessages } from '../shared/language.tsx';
import { Choice } from '../shared/ui/choice.tsx';
import { Dialog } from '../shared/ui/dialog.tsx';
import type { HallProps } from './hall-props.ts';
import { messages } from './messages/index.ts';

const ADVICE_EVERY_MS = 10_000;

/** What is done to the whole hall: stop, go on, close the doors; and what it is advised to do. */
export function HallSwitches({ centre, hall }: HallProps) {
  const words = useMessages(messages);
  const { centreId } = centre;
  const [asking, setAsking] = useState<'stop' | 'doors' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const params = { centreId, day: hall.day };
  const run = (work: Promise<unknown>) => {
    setAsking(null);
    setProblem(null);
    work.catch((error: Error) => setProblem(error.message));
  };
  const newCommand = () => ({ commandId: crypto.randomUUID() });
  return (
    <section className="switches" aria-label={words.wholeHall}>
      <Advice centreId={centreId} />
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <div className="row-actions">
        {hall.stopped === null ? (
          <button type="button" onClick={() => setAsking('stop')}>
            {words.stop}
          </button>
        ) : (
          <button
            type="button"
            className="main-action"
            onClick={() => run(call('POST /api/centres/:centreId/days/:day/resume', { params, body: newCommand() }))}
          >
            {words.resume}
          </button>
        )}
        <button type="button" disabled={hall.state !== 'open'} onClick={() => setAsking('doors')}>
          {hall.state === 'open' ? words.closeDoors : words.doorsAreClosed}
        </button>
      </div>
      {asking === 'stop' && (
        <ReasonDialog
          title={words.stop}
          help={words.stopHelp}
          reasons={STOP_REASONS}
          names={words.stopReasons}
          close={() => setAsking(null)}
          go={(reason) =>
            run(call('POST /api/centres/:centreId/days/:day/stop', { params, body: { ...newCommand(), reason } }))
          }
        />
      )}
      {asking === 'doors' && (
        <ReasonDialog
          title={words.closeDoors}
          help={words.doorsHelp}
          reasons={CLOSE_REASONS}
          names={words.closeReasons}
          close={() => setAsking(null)}
          go={(reason) =>
            run(
              call('POST /api/centres/:centreId/days/:day/close-doors', { params, body: { ...newCommand(), reason } }),
            )
          }
        />
      )}
    </section>
  );
}

/** What the hall should do now, with the reason. */
function Advice({ centreId }: { readonly centreId: number }) {
  const words = useMessages(messages);
  const advice = useAnswer('GET /api/centres/:centreId/advice', { params: { centreId } }, ADVICE_EVERY_MS);
  return advice?.map(({ windows, why }) => (
    <p key="open-windows" className="hint">
      {words.advice(windows, why.waiting, why.open)}
    </p>
  ));
}

interface ReasonDialogProps<Reason extends string> {
  readonly title: string;
  readonly help: string;
  readonly reasons: readonly Reason[];
  readonly names: Readonly<Record<Reason, string>>;
  readonly close: () => void;
  readonly go: (reason: Reason) => void;
}

/** Something that is done to everybody in the hall is done for a reason, which stays in the log. */
function ReasonDialog<Reason extends string>({ title, help, reasons, names, close, go }: ReasonDialogProps<Reason>) {
  const words = useMessages(messages);
  const [reason, setReason] = useState<Reason | null>(null);
  return (
    <Dialog title={title} open close={close}>
      <p>{help}</p>
      <Choice
        label={words.reason}
        options={reasons.map((value) => ({ value, label: names[value] }))}
        value={reason}
        choose={setReason}
      />
      <div className="dialog-actions">
        <button type="button" onClick={close}>
          {words.close}
        </button>
        <button
          type="button"
          className="main-action"
          disabled={reason === null}
          onClick={() => (reason === null ? undefined : go(reason))}
        >
          {title}
        </button>
      </div>
    </Dialog>
  );
}
