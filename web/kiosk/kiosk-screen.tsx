import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Centre } from '../../contract/network.ts';
import type { ScreenSettings } from '../../contract/screens.ts';
import type { Hall } from '../../core/queue/hall.ts';
import { numbersInAddress, useCentre } from '../shared/centre.ts';
import { call, CallProblem } from '../shared/client.ts';
import { useClock, wallTime } from '../shared/clock.tsx';
import { ComfortButtons, useComfort } from '../shared/comfort.tsx';
import { Connection } from '../shared/connection.tsx';
import { useHall } from '../shared/hall.ts';
import { LanguageButtons, useLanguage, useMessages } from '../shared/language.tsx';
import { useAnswer } from '../shared/answers.ts';
import { useScreens } from '../shared/screens.ts';
import { Unpaired } from '../shared/unpaired.tsx';
import { IdleQuestion } from './idle.tsx';
import { messages } from './messages/index.ts';
import { offerOf } from './offer.ts';
import {
  EMPTY,
  keepGiven,
  keepPending,
  keptGiven,
  keptPending,
  type Given,
  type Order,
  type Pending,
  requestOf,
  type Step,
} from './order.ts';
import { CheckIn } from './steps/check-in.tsx';
import { Confirm } from './steps/confirm.tsx';
import { Group, Question, Situation } from './steps/choosing.tsx';
import { Home } from './steps/home.tsx';
import { RateByNumber } from './steps/rate.tsx';
import { Search } from './steps/search.tsx';
import { StaffPage } from './steps/staff.tsx';
import { TicketPage } from './steps/ticket.tsx';
import type { Visitor } from './visitor.ts';
import { parameterNow } from '../shared/place.ts';

const WAITS_EVERY_MS = 15_000;

/** Gives tickets: three touches from the resting screen to the number. */
export function KioskScreen() {
  const [centreId = 0] = numbersInAddress('centre');
  const words = useMessages(messages);
  const { language } = useLanguage();
  const { now } = useClock();
  const centre = useCentre(centreId);
  const settings = useScreens(centreId);
  const live = useHall(centreId);
  const { hall } = live;
  const [low, setLow] = useState(false);
  const visitor = useVisitor(centreId, hall);
  const { step, go, order } = visitor;
  const ready = hall !== null && centre !== null && settings !== null;
  const closed = hall !== null && hall.state !== 'open' && step.page !== 'ticket' && step.page !== 'staff';

  return (
    <main className={low ? 'low' : ''}>
      <header>
        <div>
          <p className="quiet">{words.brand}</p>
          <h1>{centre?.name[language]}</h1>
        </div>
        <p className="clock">{now !== null && centre !== null && wallTime(now, centre.timeZone, language)}</p>
      </header>
      <div className="kiosk-page" key={step.page}>
        <Connection live={live} />
        <Unpaired />
        {live.lostAt !== null && <p className="hint">{words.offlineHelp}</p>}
        {visitor.problem !== null && (
          <p className="problem" role="alert">
            {visitor.problem}
          </p>
        )}
        {ready && closed && <Closed centre={centre} />}
        {ready && !closed && (
          <Shown centre={centre} settings={settings} hall={hall} visitor={visitor} offline={live.lostAt !== null} />
        )}
      </div>
      <footer>
        <CallPerson centreId={centreId} offline={live.lostAt !== null} />
        <button type="button" aria-pressed={low} onClick={() => setLow(!low)}>
          {words.lower}
        </button>
        <ComfortButtons />
        <LanguageButtons languages={Object.keys(messages)} />
        <button type="button" className="staff" onClick={() => go({ page: 'staff' })}>
          {words.forStaff}
        </button>
      </footer>
      {settings !== null && (
        <IdleQuestion
          seconds={settings.kiosk.idleSeconds}
          resting={step.page === 'home' && order.items.length === 0}
          done={() => {
            setLow(false);
            visitor.over();
          }}
        />
      )}
    </main>
  );
}

function useVisitor(centreId: number, hall: Hall | null): Visitor {
  const { spoken, choose } = useLanguage();
  const { reset } = useComfort();
  const kept = keptGiven();
  const [step, setStep] = useState<Step>(kept === null ? { page: 'home' } : { page: 'ticket', given: kept });
  const [order, change] = useState<Order>(EMPTY);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const go = (next: Step) => {
    setProblem(null);
    setStep(next);
  };
  const give = (given: Given) => {
    keepGiven(given);
    setStep({ page: 'ticket', given });
  };
  const send = async (pending: Pending) => {
    setBusy(true);
    setProblem(null);
    keepPending(pending);
    const { day, wait, paper } = pending;
    const body = requestOf(pending);
    await call('POST /api/centres/:centreId/days/:day/visits', { params: { centreId, day }, body }).then(
      (ticket) => {
        keepPending(null);
        give({ ticket, serviceId: body.services[0]?.serviceId ?? '', wait, paper });
      },
      (error: Error) => {
        // Without the server the request stays: it may have been carried out, and is asked again after a restart.
        if (!(error instanceof CallProblem) || error.code !== 'offline') keepPending(null);
        setProblem(error.message);
      },
    );
    setBusy(false);
  };

  // A kiosk that was switched off in the middle asks for the same ticket again: the same command is carried out once.
  const asked = useRef(false);
  useEffect(() => {
    const pending = keptPending();
    if (hall === null || asked.current) return;
    asked.current = true;
    if (pending !== null && pending.day === hall.day) void Promise.resolve(pending).then(send);
    else keepPending(null);
  });

  return {
    step,
    go,
    order,
    change,
    busy,
    problem,
    take: (paper, wait) => {
      if (hall === null) return;
      const commandId = crypto.randomUUID();
      void send({ day: hall.day, commandId, order, language: spoken, wait, paper, at: Date.now() });
    },
    given: give,
    over: () => {
      keepGiven(null);
      change(EMPTY);
      go({ page: 'home' });
      choose('ru');
      reset();
    },
  };
}

interface ShownProps {
  readonly centre: Centre;
  readonly settings: ScreenSettings;
  readonly hall: Hall;
  readonly visitor: Visitor;
  readonly offline: boolean;
}

function Shown({ centre, settings, hall, visitor, offline }: ShownProps): ReactNode {
  const { centreId } = centre;
  const waits = useAnswer('GET /api/centres/:centreId/waits', { params: { centreId } }, WAITS_EVERY_MS);
  const offer = offerOf(centre, waits ?? []);
  const { step } = visitor;
  const common = { centre, offer, settings: settings.kiosk, visitor };
  switch (step.page) {
    case 'home':
      return <Home {...common} hall={hall} />;
    case 'group':
      return <Group {...common} groupId={step.groupId} />;
    case 'situation':
      return <Situation {...common} index={step.index} />;
    case 'search':
      return <Search {...common} />;
    case 'question':
      return <Question {...common} serviceId={step.serviceId} />;
    case 'confirm':
      return <Confirm {...common} offline={offline} />;
    case 'ticket':
      return <TicketPage {...common} given={step.given} />;
    case 'booking':
      return <CheckIn {...common} />;
    case 'rate':
      return <RateByNumber centreId={centreId} day={hall.day} done={visitor.over} />;
    case 'staff':
      return <StaffPage centreId={centreId} done={visitor.over} />;
  }
}

function Closed({ centre: { doors, timeZone } }: { readonly centre: Centre }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  return (
    <section className="closed">
      <h2>{words.closed}</h2>
      <p>
        {doors === null
          ? words.notToday
          : words.hours(wallTime(doors.opens, timeZone, language), wallTime(doors.closes, timeZone, language))}
      </p>
    </section>
  );
}

/** On every page: a person comes. */
function CallPerson({ centreId, offline }: { readonly centreId: number; readonly offline: boolean }) {
  const words = useMessages(messages);
  const [said, setSaid] = useState<string | null>(null);
  const ask = () => {
    const kiosk = parameterNow('kiosk') ?? '';
    const place = /^\d{1,3}$/.test(kiosk) ? `kiosk-${kiosk}` : 'kiosk';
    call('POST /api/centres/:centreId/alerts', { params: { centreId }, body: { kind: 'person-wanted', place } }).then(
      () => setSaid(words.personComes),
      (error: Error) => setSaid(error.message),
    );
  };
  return (
    <div className="call-person">
      <button type="button" disabled={offline} onClick={ask}>
        {words.callPerson}
      </button>
      <span role="status">{said}</span>
    </div>
  );
}
