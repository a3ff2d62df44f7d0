import { useState } from 'react';
import { PAUSE_REASONS, type ChosenPauseReason } from '../../core/queue/events.ts';
import type { Hall, HallWindow } from '../../core/queue/hall.ts';
import { numbersInAddress, useCentre } from '../shared/centre.ts';
import { useClock, wallTime } from '../shared/clock.tsx';
import { Connection } from '../shared/connection.tsx';
import { useSession } from '../shared/session.ts';
import { useHall } from '../shared/hall.ts';
import { LanguageButtons, useLanguage, useMessages } from '../shared/language.tsx';
import { deskActions, type DeskAction } from './desk-actions.ts';
import { messages } from './messages/index.ts';

/** A specialist's place: who is at the window, and one big next action. */
export function WindowScreen() {
  const [centreId = 0, windowId = 0] = numbersInAddress();
  const { language } = useLanguage();
  const words = useMessages(messages);
  const centre = useCentre(centreId);
  const live = useHall(centreId);
  const { now } = useClock();
  const session = useSession();
  const { hall } = live;
  const window = hall?.windows.find((one) => one.windowId === windowId);
  const groupIds = centre?.windowGroups.find((one) => one.windowId === windowId)?.groupIds ?? [];

  return (
    <main>
      <header>
        <div>
          <p>{centre?.name[language]}</p>
          <h1>{words.window(windowId)}</h1>
          {session !== null && <p>{session.name}</p>}
        </div>
        <p className="clock">{now !== null && centre !== null && wallTime(now, centre.timeZone, language)}</p>
        <LanguageButtons />
      </header>
      <Connection live={live} />
      {hall !== null && window === undefined && <p className="problem">{words.notHere}</p>}
      {hall !== null && window !== undefined && (
        <Desk
          hall={hall}
          window={window}
          groupIds={groupIds}
          specialistId={session?.specialistId ?? null}
          offline={live.lostAt !== null}
        />
      )}
    </main>
  );
}

interface DeskProps {
  readonly hall: Hall;
  readonly window: HallWindow;
  readonly groupIds: readonly string[];
  readonly specialistId: string | null;
  readonly offline: boolean;
}

function Desk({ hall, window, groupIds, specialistId, offline }: DeskProps) {
  const words = useMessages(messages);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [reason, setReason] = useState<ChosenPauseReason>('break');

  const run = async (action: DeskAction) => {
    setBusy(true);
    setProblem(null);
    await action
      .run({ hall, window, groupIds, reason, specialistId })
      .catch((error: Error) => setProblem(error.message));
    setBusy(false);
  };
  const actions = deskActions[window.state];
  const waiting = hall.waiting.reduce((sum, line) => sum + line.visits, 0);

  return (
    <section className={`desk ${window.state}`}>
      <p role="status">{words.states[window.state]}</p>
      {window.visit !== null && <p className="number">{window.visit.number}</p>}
      {window.ending !== null && <p>{words.ending(window.ending === 'close')}</p>}
      {hall.stopped !== null && <p className="problem">{words.stopped}</p>}
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <div className="actions">
        {actions.map((action, index) => (
          <button
            key={action.label}
            type="button"
            className={index === 0 ? 'main-action' : ''}
            disabled={busy || offline}
            onClick={() => void run(action)}
          >
            {words[action.label]}
          </button>
        ))}
      </div>
      {actions.some((action) => action.label === 'pause') && (
        <label>
          {words.reason}{' '}
          <select value={reason} onChange={(event) => setReason(event.target.value as ChosenPauseReason)}>
            {PAUSE_REASONS.map((one) => (
              <option key={one} value={one}>
                {words.reasons[one]}
              </option>
            ))}
          </select>
        </label>
      )}
      <p>{words.waiting(waiting)}</p>
    </section>
  );
}
