import { useState } from 'react';
import { CLOSE_REASONS, STOP_REASONS } from '../../core/queue/events.ts';
import { call } from '../shared/client.ts';
import { useMessages } from '../shared/language.tsx';
import type { HallProps } from './hall-props.ts';
import { messages } from './messages/index.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { Problem } from '../shared/problem.tsx';

/** What is done to the whole hall: stop, go on, close the doors. */
export function HallSwitches({ centre, hall, now }: HallProps) {
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
      <Problem text={problem} />
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
        <DoorsButton
          hall={hall}
          now={now}
          close={() => setAsking('doors')}
          open={() => run(call('POST /api/centres/:centreId/days/:day/open-doors', { params, body: newCommand() }))}
        />
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

interface DoorsButtonProps extends Pick<HallProps, 'hall' | 'now'> {
  readonly close: () => void;
  readonly open: () => void;
}

/** Closes the doors before their hour, or opens them again until it. */
function DoorsButton({ hall, now, close, open }: DoorsButtonProps) {
  const words = useMessages(messages);
  if (hall.state === 'doors-closed' && hall.doorsClose !== null && now < hall.doorsClose)
    return (
      <button type="button" onClick={open}>
        {words.openDoors}
      </button>
    );
  return (
    <button type="button" disabled={hall.state !== 'open'} onClick={close}>
      {hall.state === 'open' ? words.closeDoors : words.doorsAreClosed}
    </button>
  );
}
