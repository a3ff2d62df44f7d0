import { useEffect, useRef, useState } from 'react';
import { useClock, wallTime } from '../../shared/clock.tsx';
import { useLanguage, useMessages } from '../../shared/language.tsx';
import { Qr } from '../../shared/qr.tsx';
import { useAnswer } from '../../shared/answers.ts';
import { minutesOf } from '../../shared/spans.ts';
import { messages } from '../messages/index.ts';
import type { Given } from '../order.ts';
import { type PaperTicket, printByAgent } from '../printing.ts';
import { site } from '../../shared/origins.ts';
import type { StepProps } from './step-props.ts';

const SHOWN_SECONDS = 25;
const HOUR_MS = 3_600_000;

type Printing = 'no' | 'under-way' | 'done' | 'failed';

/** The number, where to go with it, and the way to the visitor's own page. */
export function TicketPage({ centre, offer, settings, visitor, given }: StepProps & { readonly given: Given }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const { now } = useClock();
  const { centreId } = centre;
  const { ticket } = given;
  const zones = useAnswer('GET /api/centres/:centreId/zones', { params: { centreId } }, HOUR_MS);
  const service = offer.find(({ serviceId }) => serviceId === given.serviceId);
  const windowIds = new Set(
    centre.windowGroups.filter(({ groupIds }) => groupIds.includes(ticket.groupId)).map(({ windowId }) => windowId),
  );
  const inZones = (zones ?? []).filter((zone) => zone.windowIds.some((windowId) => windowIds.has(windowId)));
  const [from, to] = given.wait === null ? [null, null] : minutesOf(given.wait);
  const lines = [
    ...(ticket.call === null ? [] : [words.goTo(ticket.call.windowId)]),
    ...(inZones.length === 1 && inZones[0] !== undefined ? [words.zone(inZones[0].name[language])] : []),
    ...(ticket.call === null && from !== null ? [words.waitRange(from, to)] : []),
    ...(now === null ? [] : [words.takenAt(wallTime(ticket.takenAt, centre.timeZone, language))]),
  ];
  const paper: PaperTicket = {
    centre: centre.name[language],
    number: ticket.number,
    latinNumber: ticket.latinNumber,
    service: service?.name[language] ?? '',
    lines,
    link: `${site}/t#${ticket.token}`,
  };
  const printing = usePrinting(centreId, settings.printing, given, zones === null ? null : paper);
  const left = useSecondsLeft(visitor.over);

  return (
    <section className="ticket">
      <h2>{words.yourNumber}</h2>
      <p className="number" data-visit={ticket.visitId}>
        {ticket.number}
      </p>
      {ticket.latinNumber !== ticket.number && <p className="latin">{ticket.latinNumber}</p>}
      <p>{paper.service}</p>
      {lines.map((line) => (
        <p key={line} className="ticket-line">
          {line}
        </p>
      ))}
      {ticket.call === null && <p className="screen-only">{words.lookAtBoard}</p>}
      <Qr text={paper.link} label={words.qr} />
      <p className="quiet">{words.qrHelp}</p>
      <p className={printing === 'failed' ? 'problem screen-only' : 'screen-only'} role="status">
        {printing === 'no' ? '' : words.printing[printing]}
      </p>
      <button type="button" className="main-action screen-only" onClick={visitor.over}>
        {words.done} ({left})
      </button>
    </section>
  );
}

/** Prints the ticket once, by the agent of the centre or by this browser. */
function usePrinting(
  centreId: number,
  how: 'agent' | 'browser' | 'none',
  given: Given,
  paper: PaperTicket | null,
): Printing {
  const [printing, setPrinting] = useState<Printing>(
    !given.paper || how === 'none' ? 'no' : how === 'agent' ? 'under-way' : 'done',
  );
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || paper === null || !given.paper || how === 'none') return;
    begun.current = true;
    if (how === 'browser') {
      print();
      return;
    }
    printByAgent(centreId, paper).then(
      (fault) => setPrinting(fault === null ? 'done' : 'failed'),
      () => setPrinting('failed'),
    );
  }, [centreId, how, given, paper]);
  return printing;
}

function useSecondsLeft(done: () => void): number {
  const [left, setLeft] = useState(SHOWN_SECONDS);
  useEffect(() => {
    const timer = setInterval(() => setLeft((before) => before - 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left <= 0) done();
  }, [left, done]);
  return left;
}
