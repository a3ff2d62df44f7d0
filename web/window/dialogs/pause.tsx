import { useState } from 'react';
import { type ChosenPauseReason, PAUSE_REASONS } from '../../../core/queue/events.ts';
import { useMessages } from '../../shared/language.tsx';
import { Choice } from '../../shared/ui/choice.tsx';
import { pause } from '../desk-actions.ts';
import { messages } from '../messages/index.ts';
import { Answers, type DialogProps } from './dialog-parts.tsx';

/** The board shows the reason, so it is chosen and never typed. */
export function Pause({ view, run, close }: DialogProps) {
  const words = useMessages(messages);
  const [reason, setReason] = useState<ChosenPauseReason>('break');
  const later = view.window.visit !== null;
  return (
    <>
      <Choice
        label={words.reason}
        options={PAUSE_REASONS.map((value) => ({ value, label: words.reasons[value] }))}
        value={reason}
        choose={setReason}
      />
      {later && <p>{words.pauseLater}</p>}
      <Answers action={words.pause} go={() => void run((given) => pause(given, reason))} close={close} />
    </>
  );
}
