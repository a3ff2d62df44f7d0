import { useState } from 'react';
import { HOLD_REASONS, type HoldReason } from '../../../core/queue/events.ts';
import { useMessages } from '../../shared/language.tsx';
import { Choice } from '../../shared/ui/choice.tsx';
import { hold } from '../desk-actions.ts';
import { messages } from '../messages/index.ts';
import { Answers, type DialogProps } from './dialog-parts.tsx';

const MINUTES = ['5', '10', '15', '30'] as const;

/** The visitor steps aside: at their wish, or while staff look for something. */
export function Hold({ run, close }: DialogProps) {
  const words = useMessages(messages);
  const [minutes, setMinutes] = useState<(typeof MINUTES)[number]>('10');
  const [reason, setReason] = useState<HoldReason>('visitor');
  return (
    <>
      <Choice
        label={words.holdWhy}
        options={HOLD_REASONS.map((value) => ({ value, label: words.holdReasons[value] }))}
        value={reason}
        choose={setReason}
      />
      <Choice
        label={words.holdMinutes}
        options={MINUTES.map((value) => ({ value, label: value }))}
        value={minutes}
        choose={setMinutes}
      />
      <Answers action={words.hold} go={() => void run((view) => hold(view, Number(minutes), reason))} close={close} />
    </>
  );
}
