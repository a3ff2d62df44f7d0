import { useState } from 'react';
import { search } from '../../../core/language/search.ts';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { messages } from '../messages/index.ts';
import { Keyboard } from '../keyboard.tsx';
import { ServiceButtons } from './choosing.tsx';
import type { StepProps } from './home.tsx';

const SHOWN_MAX = 8;

/** A service by what people call it. */
export function Search(props: StepProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [asked, setAsked] = useState('');
  const { centre, offer, settings } = props;
  const group = new Map(centre.groups.map(({ groupId, name }) => [groupId, name]));
  const found = search(
    offer.filter(({ general }) => !general),
    asked,
    ({ serviceId, groupId, name }) =>
      [
        name.ru,
        name.en,
        group.get(groupId)?.ru,
        group.get(groupId)?.en,
        ...settings.situations.filter((one) => one.serviceIds.includes(serviceId)).map((one) => one.name[language]),
      ].join(' '),
  );
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
