import { useState } from 'react';
import { useMessages } from '../../shared/language.tsx';
import { useServiceSearch } from '../../shared/service-search.ts';
import { messages } from '../messages/index.ts';
import { Keyboard } from '../keyboard.tsx';
import { ServiceButtons } from './choosing.tsx';
import type { StepProps } from './step-props.ts';

const SHOWN_MAX = 8;

/** A service by what people call it. */
export function Search(props: StepProps) {
  const words = useMessages(messages);
  const [asked, setAsked] = useState('');
  const { centre, offer, settings } = props;
  const group = new Map(centre.groups.map(({ groupId, name }) => [groupId, name]));
  const find = useServiceSearch(
    offer.filter(({ general }) => !general),
    ({ serviceId, groupId, name }) => ({
      names: [name.ru, name.en],
      about: [
        group.get(groupId),
        ...settings.situations.filter((one) => one.serviceIds.includes(serviceId)).map((one) => one.name),
      ].flatMap((called) => (called === undefined ? [] : [called.ru, called.en])),
    }),
  );
  const found = find(asked);
  return (
    <>
      <label className="question">
        {words.searchQuestion}
        <input type="search" value={asked} autoComplete="off" onChange={(event) => setAsked(event.target.value)} />
      </label>
      <p role="status" className="quiet">
        {asked.trim().length > 1 && found.length === 0 ? words.nothingFound : ''}
      </p>
      <ServiceButtons {...props} services={found.slice(0, SHOWN_MAX)} />
      <Keyboard text={asked} change={setAsked} />
      <div className="row">
        <button type="button" onClick={() => props.visitor.go({ page: 'home' })}>
          {words.back}
        </button>
      </div>
    </>
  );
}
