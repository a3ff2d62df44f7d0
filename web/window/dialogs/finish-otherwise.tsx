import { useState } from 'react';
import { OUTCOMES, type ServiceOutcome } from '../../../core/queue/events.ts';
import type { ServiceId } from '../../../core/queue/ids.ts';
import { useMessages } from '../../shared/language.tsx';
import { Choice } from '../../shared/ui/choice.tsx';
import { Stepper } from '../../shared/ui/stepper.tsx';
import { finishWith } from '../desk-actions.ts';
import { messages } from '../messages/index.ts';
import { Answers, type DialogProps } from './dialog-parts.tsx';
import { ServiceChoice } from './service-choice.tsx';

/** Something else was given than was asked for, more of it, or with another outcome. */
export function FinishOtherwise({ centre, visit, run, close }: DialogProps) {
  const words = useMessages(messages);
  const [wish] = visit?.wishes ?? [];
  const [serviceId, setServiceId] = useState<ServiceId>(wish?.serviceId ?? '');
  const [quantity, setQuantity] = useState(wish?.quantity ?? 1);
  const [outcome, setOutcome] = useState<ServiceOutcome>('done');
  return (
    <>
      <Choice
        label={words.outcome}
        options={OUTCOMES.map((value) => ({ value, label: words.outcomes[value] }))}
        value={outcome}
        choose={setOutcome}
      />
      <ServiceChoice centre={centre} value={serviceId} choose={setServiceId} />
      <Stepper label={words.quantity} value={quantity} min={1} max={50} change={setQuantity} />
      <Answers
        action={words.finish}
        go={() => void run((view) => finishWith(view, serviceId, quantity, outcome))}
        close={close}
      />
    </>
  );
}
