import { useState } from 'react';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Stepper } from '../../shared/ui/stepper.tsx';
import { messages } from '../messages/index.ts';
import type { Offered } from '../offer.ts';
import { EMPTY, type Item, type Order } from '../order.ts';
import { WaitText } from './choosing.tsx';
import type { StepProps } from './step-props.ts';
import type { Visitor } from '../visitor.ts';

const PERSONS_MAX = 8;
const SERVICES_MAX = 5;

/** Before the ticket: how long the wait is, who comes along, and who goes first by law. */
export function Confirm({ offer, settings, visitor, offline }: StepProps & { readonly offline: boolean }) {
  const words = useMessages(messages);
  const [asksLaw, setAsksLaw] = useState(false);
  const { order, change, go, take, busy } = visitor;
  const chosen = order.items.flatMap((item) =>
    offer.filter(({ serviceId }) => serviceId === item.serviceId).map((service) => ({ ...service, ...item })),
  );
  const [first] = chosen;
  const wait = order.byLaw === null ? (first?.wait ?? null) : null;
  const blocked = busy || offline || chosen.length === 0;
  return (
    <>
      <h2 className="question">{words.check}</h2>
      <Chosen chosen={chosen} visitor={visitor} />
      <p className="expected">
        {order.byLaw === null ? <WaitText wait={wait} off={false} /> : <span className="wait">{words.byLawFirst}</span>}
      </p>
      <button
        type="button"
        className="main-action take"
        aria-busy={busy}
        disabled={blocked}
        onClick={() => take(settings.printing !== 'none', wait)}
      >
        {words.take}
      </button>
      {settings.printing !== 'none' && (
        <button type="button" className="take second" disabled={blocked} onClick={() => take(false, wait)}>
          {words.withoutPaper}
        </button>
      )}
      <div className="row">
        <Stepper
          label={words.persons}
          value={order.persons}
          min={1}
          max={PERSONS_MAX}
          change={(persons) => change({ ...order, persons })}
        />
        {order.items.length < SERVICES_MAX && (
          <button type="button" onClick={() => go({ page: 'home' })}>
            {words.oneMore}
          </button>
        )}
        {settings.classes.length > 0 && (
          <button type="button" aria-pressed={order.byLaw !== null} onClick={() => setAsksLaw(true)}>
            {words.byLaw}
          </button>
        )}
        <button
          type="button"
          onClick={() => {
            change(EMPTY);
            go({ page: 'home' });
          }}
        >
          {words.beginAgain}
        </button>
      </div>
      {asksLaw && <ByLaw settings={settings} visitor={visitor} close={() => setAsksLaw(false)} />}
    </>
  );
}

type ChosenService = Offered & Item;

/** What the ticket will be for; what was touched by mistake is taken out again. */
function Chosen({ chosen, visitor }: { readonly chosen: readonly ChosenService[]; readonly visitor: Visitor }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const { order, change } = visitor;
  return (
    <ul className="chosen">
      {chosen.map(({ serviceId, name, quantity, general }) => (
        <li key={serviceId}>
          <strong>{general ? words.otherQuestion(name[language]) : name[language]}</strong>
          {quantity > 1 && <span> × {quantity}</span>}
          {chosen.length > 1 && (
            <button
              type="button"
              aria-label={`${words.remove}: ${name[language]}`}
              onClick={() => change({ ...order, items: order.items.filter((item) => item.serviceId !== serviceId) })}
            >
              ×
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

interface ByLawProps {
  readonly settings: StepProps['settings'];
  readonly visitor: Visitor;
  readonly close: () => void;
}

/** Who goes first by law: the kiosk takes the word, the window asks for the document. */
function ByLaw({ settings, visitor, close }: ByLawProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const choose = (byLaw: Order['byLaw']) => {
    visitor.change({ ...visitor.order, byLaw });
    close();
  };
  return (
    <Dialog title={words.byLawTitle} open close={close}>
      <p>{words.byLawProof}</p>
      <ul className="list">
        {settings.classes.map(({ letter, text, ground }) => (
          <li key={ground}>
            <button type="button" onClick={() => choose({ letter, ground })}>
              <strong>{text[language]}</strong>
            </button>
          </li>
        ))}
      </ul>
      <div className="dialog-actions">
        <button type="button" onClick={() => choose(null)}>
          {words.ordinary}
        </button>
      </div>
    </Dialog>
  );
}
