import { useState } from 'react';
import type { ServiceId } from '../../../core/queue/ids.ts';
import { call } from '../../shared/client.ts';
import { useMessages } from '../../shared/language.tsx';
import { minutesOf, type WaitRange } from '../../shared/spans.ts';
import { transfer } from '../desk-actions.ts';
import { messages } from '../messages/index.ts';
import { Answers, type DialogProps } from './dialog-parts.tsx';
import { ServiceChoice } from './service-choice.tsx';

interface Place {
  readonly ahead: number;
  readonly wait: WaitRange | null;
  readonly here: boolean;
}

/** To another service: the new place is shown before anything happens. Number and due go along. */
export function Transfer({ centre, view, run, close }: DialogProps) {
  const words = useMessages(messages);
  const [serviceId, setServiceId] = useState<ServiceId | null>(null);
  const [place, setPlace] = useState<Place | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [returnHere, setReturnHere] = useState(false);
  const look = (chosen: ServiceId) => {
    setServiceId(chosen);
    setPlace(null);
    setProblem(null);
    const { hall, window } = view;
    const params = { centreId: hall.centreId, day: hall.day, visitId: window.visit?.visitId ?? '' };
    call('GET /api/centres/:centreId/days/:day/visits/:visitId/place', { params, query: { serviceId: chosen } }).then(
      setPlace,
      (error: Error) => setProblem(error.message),
    );
  };
  return (
    <>
      <ServiceChoice centre={centre} value={serviceId} choose={look} />
      <p role="status">
        {place !== null &&
          (place.here ? words.placeHere : words.place(place.ahead, place.wait === null ? null : minutesOf(place.wait)))}
      </p>
      {problem !== null && <p className="problem">{problem}</p>}
      <label className="check">
        <input type="checkbox" checked={returnHere} onChange={(event) => setReturnHere(event.target.checked)} />
        {words.returnHere}
      </label>
      <Answers
        action={words.transfer}
        disabled={serviceId === null || place === null || place.here}
        go={() => void run((given) => transfer(given, serviceId ?? '', returnHere))}
        close={close}
      />
    </>
  );
}
