import type { GroupId, ServiceId } from '../../../core/queue/ids.ts';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { minutesOf, type WaitRange } from '../../shared/spans.ts';
import { messages } from '../messages/index.ts';
import type { Offered } from '../offer.ts';
import type { StepProps } from './step-props.ts';
import type { Visitor } from '../visitor.ts';

/** The wait that a visitor may expect, in words. */
export function WaitText({ wait, off }: { readonly wait: WaitRange | null; readonly off: boolean }) {
  const words = useMessages(messages);
  if (off) return <span className="wait">{words.offToday}</span>;
  if (wait === null) return <span className="wait">{words.waitUnknown}</span>;
  const [from, to] = minutesOf(wait);
  return <span className="wait">{to === 0 ? words.noWait : words.waitRange(from, to)}</span>;
}

/** Takes a service into the order; what its question asks comes first. */
export function chooseService(
  { settings, visitor }: Pick<StepProps, 'settings' | 'visitor'>,
  serviceId: ServiceId,
): void {
  if (settings.questions.some((question) => question.serviceId === serviceId)) {
    visitor.go({ page: 'question', serviceId });
  } else addItem(visitor, serviceId, 1);
}

function addItem({ order, change, go }: Visitor, serviceId: ServiceId, quantity: number): void {
  const others = order.items.filter((item) => item.serviceId !== serviceId);
  change({ ...order, items: [...others, { serviceId, quantity }] });
  go({ page: 'confirm' });
}

/** The services of a group. */
export function Group({ groupId, ...props }: StepProps & { readonly groupId: GroupId }) {
  const { language } = useLanguage();
  const { centre, offer } = props;
  const group = centre.groups.find((one) => one.groupId === groupId);
  return (
    <ServiceList
      {...props}
      title={group?.name[language] ?? ''}
      services={offer.filter((service) => service.groupId === groupId)}
    />
  );
}

/** The services that something in a life takes. */
export function Situation({ index, ...props }: StepProps & { readonly index: number }) {
  const { language } = useLanguage();
  const { settings, offer } = props;
  const situation = settings.situations[index];
  const services = (situation?.serviceIds ?? []).flatMap(
    (serviceId) => offer.find((service) => service.serviceId === serviceId) ?? [],
  );
  return <ServiceList {...props} title={situation?.name[language] ?? ''} services={services} />;
}

interface ServiceListProps extends StepProps {
  readonly title: string;
  readonly services: readonly Offered[];
}

export function ServiceList({ title, services, ...props }: ServiceListProps) {
  const words = useMessages(messages);
  return (
    <>
      <h2 className="question">{title}</h2>
      <ServiceButtons {...props} services={services} />
      <div className="row">
        <button type="button" onClick={() => props.visitor.go({ page: 'home' })}>
          {words.back}
        </button>
      </div>
    </>
  );
}

export function ServiceButtons({ services, ...props }: Omit<ServiceListProps, 'title'>) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  return (
    <ul className="list">
      {services.map((service) => (
        <li key={service.serviceId}>
          <button type="button" disabled={service.off} onClick={() => chooseService(props, service.serviceId)}>
            <strong>{service.general ? words.otherQuestion(service.name[language]) : service.name[language]}</strong>
            <WaitText wait={service.wait} off={service.off} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The question of a service: an answer is chosen, never typed. */
export function Question({ serviceId, settings, visitor }: StepProps & { readonly serviceId: ServiceId }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const question = settings.questions.find((one) => one.serviceId === serviceId);
  return (
    <>
      <h2 className="question">{question?.text[language]}</h2>
      <ul className="list">
        {question?.answers.map((answer) => (
          <li key={answer.text.ru}>
            <button type="button" onClick={() => addItem(visitor, answer.serviceId ?? serviceId, answer.quantity)}>
              <strong>{answer.text[language]}</strong>
            </button>
          </li>
        ))}
      </ul>
      <div className="row">
        <button type="button" onClick={() => visitor.go({ page: 'home' })}>
          {words.back}
        </button>
      </div>
    </>
  );
}
