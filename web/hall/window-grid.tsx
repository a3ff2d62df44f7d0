import { useState } from 'react';
import { useMessages } from '../shared/language.tsx';
import { windowMessages, windowWord } from '../shared/messages/windows.ts';
import { onClock } from '../shared/spans.ts';
import { Dialog } from '../shared/ui/dialog.tsx';
import type { HallProps } from './hall-props.ts';
import { messages } from './messages/index.ts';
import { WindowSkills } from './window-skills.tsx';

/** Every window with what it does and since when; a touch shows who may do what there, and lets it be changed. */
export function WindowGrid({ centre, hall, queue, now }: HallProps) {
  const words = useMessages(messages);
  const states = useMessages(windowMessages);
  const [shown, setShown] = useState<number | null>(null);
  const desk = queue.windows.find(({ windowId }) => windowId === shown);
  return (
    <section aria-labelledby="windows">
      <h2 id="windows">{words.windows}</h2>
      <ul className="window-grid">
        {hall.windows.map((window) => (
          <li key={window.windowId}>
            <button type="button" className={window.state} onClick={() => setShown(window.windowId)}>
              <strong>{window.windowId}</strong>
              <span>
                {window.visit !== null && `${window.visit.number} · `}
                {windowWord(states, window)}
              </span>
              {window.state !== 'closed' && <span className="timer">{onClock(now - window.since)}</span>}
            </button>
          </li>
        ))}
      </ul>
      <Dialog title={shown === null ? '' : words.window(shown)} open={desk !== undefined} close={() => setShown(null)}>
        {desk !== undefined && (
          <>
            <p>{desk.specialistId === null ? words.nobody : words.specialist(desk.specialistId, desk.served)}</p>
            {desk.specialistId !== null && <h3>{words.skills}</h3>}
            {desk.specialistId === null ? null : (
              <WindowSkills key={`${desk.windowId} ${desk.specialistId}`} centre={centre} hall={hall} desk={desk} />
            )}
            <div className="dialog-actions">
              <button type="button" className="main-action" onClick={() => setShown(null)}>
                {words.close}
              </button>
            </div>
          </>
        )}
      </Dialog>
    </section>
  );
}
