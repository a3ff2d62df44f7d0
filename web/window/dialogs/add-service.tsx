import { useState } from 'react';
import type { ServiceId } from '../../../core/queue/ids.ts';
import { useMessages } from '../../shared/language.tsx';
import { Stepper } from '../../shared/ui/stepper.tsx';
import { addService } from '../desk-actions.ts';
import { messages } from '../messages/index.ts';
import { Answers, type DialogProps } from './dialog-parts.tsx';
import { ServiceChoice } from './service-choice.tsx';

/** One more service in the same visit. */
export function AddService({ centre, run, close }: DialogProps) {
  const words = useMessages(messages);
  const [serviceId, setServiceId] = useState<ServiceId | null>(null);
  const [quantity, setQuantity] = useState(1);
  return (
    <>
      <ServiceChoice centre={centre} value={serviceId} choose={setServiceId} />
      <Stepper label={words.quantity} value={quantity} min={1} max={50} change={setQuantity} />
      <Answers
        action={words.addService}
        disabled={serviceId === null}
        go={() => void run((view) => addService(view, serviceId ?? '', quantity))}
        close={close}
      />
    </>
  );
}
