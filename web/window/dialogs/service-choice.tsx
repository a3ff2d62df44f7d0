import { useState } from 'react';
import type { Centre } from '../../../contract/network.ts';
import type { ServiceId } from '../../../core/queue/ids.ts';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { useServiceSearch } from '../../shared/service-search.ts';
import { servicesOf } from '../../shared/services.ts';
import { messages } from '../messages/index.ts';

interface ServiceChoiceProps {
  readonly centre: Centre;
  readonly value: ServiceId | null;
  readonly choose: (serviceId: ServiceId) => void;
}

/** A service of the centre: a few letters of its name are enough. */
export function ServiceChoice({ centre, value, choose }: ServiceChoiceProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [asked, setAsked] = useState('');
  const all = servicesOf(centre, language);
  const find = useServiceSearch(all, ({ name }) => ({ names: [name] }));
  const shown = asked.trim() === '' ? all : find(asked);
  return (
    <div className="service-choice">
      <label>
        {words.findService}
        <input type="search" value={asked} autoComplete="off" onChange={(event) => setAsked(event.target.value)} />
      </label>
      <select size={8} aria-label={words.service} value={value ?? ''} onChange={(event) => choose(event.target.value)}>
        {shown.map(({ serviceId, name }) => (
          <option key={serviceId} value={serviceId}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
