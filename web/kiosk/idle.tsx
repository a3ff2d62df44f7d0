import { useEffect, useState } from 'react';
import { useMessages } from '../shared/language.tsx';
import { Dialog } from '../shared/ui/dialog.tsx';
import { messages } from './messages/index.ts';

/** How long the question is shown before the screen returns to its start. */
const QUESTION_SECONDS = 10;

interface IdleProps {
  readonly seconds: number;
  /** True on the resting screen: there is nothing to lose. */
  readonly resting: boolean;
  readonly done: () => void;
}

/** A visitor who went away leaves nothing on the screen: after a while it asks, and then it is free for the next one. */
export function IdleQuestion({ seconds, resting, done }: IdleProps) {
  const words = useMessages(messages);
  const [idle, setIdle] = useState(0);
  useEffect(() => {
    const stir = () => setIdle(0);
    const timer = setInterval(() => setIdle((before) => before + 1), 1_000);
    for (const kind of ['pointerdown', 'keydown', 'scroll'] as const) document.addEventListener(kind, stir, true);
    return () => {
      clearInterval(timer);
      for (const kind of ['pointerdown', 'keydown', 'scroll'] as const) document.removeEventListener(kind, stir, true);
    };
  }, []);
  const left = seconds - idle;
  useEffect(() => {
    if (left === 0) done();
  }, [left, done]);
  return (
    <Dialog
      title={words.stillHere}
      open={!resting && left <= QUESTION_SECONDS && left > 0}
      close={() => setIdle(0)}
      needed
    >
      <p>{words.goesBackIn(left)}</p>
      <div className="dialog-actions">
        <button type="button" onClick={done}>
          {words.beginAgain}
        </button>
        <button type="button" className="main-action" onClick={() => setIdle(0)}>
          {words.iAmHere}
        </button>
      </div>
    </Dialog>
  );
}
