import { useEffect, useState } from 'react';
import type { Ticket } from '../../contract/queue.ts';
import type { Hall } from '../../core/queue/hall.ts';
import { generalService } from '../../core/queue/configuration.ts';
import type { GroupId } from '../../core/queue/ids.ts';
import { numbersInAddress, useCentre } from '../shared/centre.ts';
import { call } from '../shared/client.ts';
import { Connection } from '../shared/connection.tsx';
import { useHall } from '../shared/hall.ts';
import { LanguageButtons, useLanguage, useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';

const TICKET_SHOWN_MS = 15_000;

/** Gives tickets: choose a group, take the number. */
export function KioskScreen() {
  const [centreId = 0] = numbersInAddress();
  const { language } = useLanguage();
  const centre = useCentre(centreId);
  const live = useHall(centreId);
  const [ticket, setTicket] = useState<Ticket | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { hall } = live;

  const take = async (open: Hall, groupId: GroupId) => {
    setBusy(true);
    setProblem(null);
    const body = { commandId: crypto.randomUUID(), services: [{ serviceId: generalService(groupId) }] };
    await call('POST /api/centres/:centreId/days/:day/visits', { params: { centreId, day: open.day }, body }).then(
      setTicket,
      (error: Error) => setProblem(error.message),
    );
    setBusy(false);
  };

  return (
    <main>
      <header>
        <h1>{centre?.name[language]}</h1>
        <LanguageButtons />
      </header>
      <Connection live={live} />
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {ticket !== null ? (
        <TicketView ticket={ticket} done={() => setTicket(null)} />
      ) : (
        hall !== null &&
        centre !== null && (
          <Choice
            hall={hall}
            groups={centre.groups}
            disabled={busy || live.lostAt !== null}
            choose={(groupId) => void take(hall, groupId)}
          />
        )
      )}
    </main>
  );
}

interface ChoiceProps {
  readonly hall: Hall;
  readonly groups: readonly {
    readonly groupId: GroupId;
    readonly name: { readonly ru: string; readonly en: string };
  }[];
  readonly disabled: boolean;
  readonly choose: (groupId: GroupId) => void;
}

function Choice({ hall, groups, disabled, choose }: ChoiceProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  if (hall.state !== 'open') return <p className="closed">{words.closed}</p>;
  return (
    <section aria-labelledby="question">
      <h2 id="question">{words.question}</h2>
      <ul className="groups">
        {groups.map(({ groupId, name }) => (
          <li key={groupId}>
            <button type="button" disabled={disabled} onClick={() => choose(groupId)}>
              <strong>{name[language]}</strong>
              <span>{words.waiting(hall.waiting.find((line) => line.groupId === groupId)?.visits ?? 0)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function TicketView({ ticket, done }: { ticket: Ticket; done: () => void }) {
  const words = useMessages(messages);
  useEffect(() => {
    const timer = setTimeout(done, TICKET_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <section className="ticket" role="status">
      <h2>{words.yourNumber}</h2>
      <p className="number" data-visit={ticket.visitId}>
        {ticket.number}
      </p>
      <p>{ticket.call === null ? words.lookAtBoard : words.goTo(ticket.call.windowId)}</p>
      <button type="button" className="main-action" onClick={done}>
        {words.done}
      </button>
    </section>
  );
}
