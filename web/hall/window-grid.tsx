import { useState } from 'react';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { windowMessages, windowWord } from '../shared/messages/windows.ts';
import { onClock } from '../shared/spans.ts';
import { Dialog } from '../shared/ui/dialog.tsx';
import type { HallProps } from './hall-props.ts';
import { messages } from './messages/index.ts';

/** Every window with what it does and since when; a touch shows who may do what there. */
export function WindowGrid({ centre, hall, queue, now }: HallProps) {
  const words = useMessages(messages);
  const states = useMessages(windowMessages);
  const { language } = useLanguage();
  const [shown, setShown] = useState<number | null>(null);
  const desk = queue.windows.find(({ windowId }) => windowId === shown);
  const nameOf = (groupId: string) =>
    centre.groups.find((group) => group.groupId === groupId)?.name[language] ?? groupId;
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
            <h3>{words.skills}</h3>
            <ul>
              {desk.skills.map(({ groupId, level }) => (
                <li key={groupId}>
                  {nameOf(groupId)}: {words.levels[level]}
                </li>
              ))}
            </ul>
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
