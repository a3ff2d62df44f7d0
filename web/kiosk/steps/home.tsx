import type { Hall } from '../../../core/queue/hall.ts';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { messages } from '../messages/index.ts';
import { WaitText } from './choosing.tsx';
import type { StepProps } from './step-props.ts';

/** The resting screen: the groups, what happens in a life, and a search in plain words. */
export function Home({ centre, offer, settings, visitor, hall }: StepProps & { readonly hall: Hall }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const { go, order } = visitor;
  return (
    <>
      <h2 className="question">{order.items.length > 0 ? words.whatElse : words.question}</h2>
      <ul className="tiles">
        {centre.groups.map(({ groupId, name }) => {
          const general = offer.find((one) => one.groupId === groupId && one.general);
          return (
            <li key={groupId}>
              <button type="button" onClick={() => go({ page: 'group', groupId })}>
                <strong>{name[language]}</strong>
                <WaitText wait={general?.wait ?? null} off={false} />
                <span className="quiet">
                  {words.waiting(hall.waiting.find((line) => line.groupId === groupId)?.visits ?? 0)}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {settings.situations.length > 0 && (
        <>
          <h3>{words.situations}</h3>
          <ul className="tiles small">
            {settings.situations.map(({ name }, index) => (
              <li key={name.ru}>
                <button type="button" onClick={() => go({ page: 'situation', index })}>
                  {name[language]}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="row">
        <button type="button" onClick={() => go({ page: 'search' })}>
          {words.search}
        </button>
        <button type="button" onClick={() => go({ page: 'booking' })}>
          {words.haveBooking}
        </button>
        <button type="button" onClick={() => go({ page: 'rate' })}>
          {words.rateVisit}
        </button>
      </div>
    </>
  );
}
