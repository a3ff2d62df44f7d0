import { useState } from 'react';
import type { QueueRow } from '../../contract/hall-desk.ts';
import type { AdviceReply } from '../../contract/planning.ts';
import { PICK_REASONS, type PickReason } from '../../core/queue/events.ts';
import { call } from '../shared/client.ts';
import { wallTime } from '../shared/clock.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { nameOfService } from '../shared/services.ts';
import { onClock } from '../shared/spans.ts';
import { Choice } from '../shared/ui/choice.tsx';
import { Dialog } from '../shared/ui/dialog.tsx';
import { ChangeVisit } from './change-visit.tsx';
import { type HallProps, SOON_MS } from './hall-props.ts';
import { messages } from './messages/index.ts';
import { Problem } from '../shared/problem.tsx';

/** The waiting visitors, by due; how long until the promise is broken; the call out of turn, with its reason; and a ticket that is changed. */
export function QueueTable({ risks, ...props }: HallProps & { readonly risks: AdviceReply['risks'] }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const { centre, queue, now } = props;
  const [picked, setPicked] = useState<QueueRow | null>(null);
  const [changing, setChanging] = useState<Pick<QueueRow, 'visitId' | 'number'> | null>(null);
  const riskOf = new Map(risks.map(({ visitId, pBreach }) => [visitId as string, pBreach]));
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const waiting = queue.visits.filter(({ state }) => state === 'waiting');
  return (
    <section aria-labelledby="queue">
      <h2 id="queue">{words.queue(waiting.length)}</h2>
      <div className="scrolled" tabIndex={0} role="region" aria-label={words.rows}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.number}</th>
              <th scope="col">{words.service}</th>
              <th scope="col">{words.waits}</th>
              <th scope="col">{words.left}</th>
              {risks.length > 0 && <th scope="col">{words.risk}</th>}
              <th scope="col">{words.action}</th>
            </tr>
          </thead>
          <tbody>
            {waiting.map((row) => (
              <tr key={row.visitId} className={urgency(row, now)}>
                <th scope="row">
                  {row.number}
                  {row.classLetter !== 'O' && <span className="mark"> {words.byLaw}</span>}
                  {row.persons > 1 && <span className="quiet"> ×{row.persons}</span>}
                </th>
                <td>{nameOfService(centre, row.serviceId, language)}</td>
                <td>{onClock(row.waitMs + (now - queue.at))}</td>
                <td>{leftText(row, now, words)}</td>
                {risks.length > 0 && <td>{percent.format(riskOf.get(row.visitId) ?? 0)}</td>}
                <td>
                  <button type="button" onClick={() => setPicked(row)}>
                    {words.pick}
                  </button>{' '}
                  <button type="button" onClick={() => setChanging(row)}>
                    {words.change}
                    <span className="unseen"> {row.number}</span>
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Aside {...props} change={setChanging} />
      {picked !== null && <Pick {...props} row={picked} close={() => setPicked(null)} />}
      {changing !== null && (
        <ChangeVisit
          centre={centre}
          hall={props.hall}
          visitId={changing.visitId}
          number={changing.number}
          close={() => setChanging(null)}
        />
      )}
    </section>
  );
}

interface AsideProps extends HallProps {
  readonly change: (row: Pick<QueueRow, 'visitId' | 'number'>) => void;
}

/** Visitors who are held, did not come when called, or are on the way. */
function Aside({ change, ...props }: AsideProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const { centre, queue } = props;
  const aside = queue.visits.filter(({ state }) => state === 'held' || state === 'no-show' || state === 'expected');
  if (aside.length === 0) return null;
  return (
    <details>
      <summary>{words.aside(aside.length)}</summary>
      <ul>
        {aside.map(({ visitId, number, state, heldUntil }) => (
          <li key={visitId}>
            {number}: {words.asideStates[state as 'held' | 'no-show' | 'expected']}
            {heldUntil !== null && ` ${words.until(wallTime(heldUntil, centre.timeZone, language))}`}
            {state === 'no-show' ? (
              <Reactivate {...props} visitId={visitId} />
            ) : (
              <>
                {' '}
                <button type="button" onClick={() => change({ visitId, number })}>
                  {words.change}
                  <span className="unseen"> {number}</span>
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function urgency({ breaksAt, promiseBroken }: QueueRow, now: number): string {
  if (promiseBroken) return 'broken';
  return breaksAt !== null && breaksAt - now < SOON_MS ? 'soon' : '';
}

function leftText({ breaksAt, promiseBroken }: QueueRow, now: number, words: { readonly isBroken: string }): string {
  if (promiseBroken) return words.isBroken;
  return breaksAt === null ? '—' : onClock(breaksAt - now);
}

/** Out of turn, at a window that is free or getting ready: the reason is in the log. */
function Pick({ centre, hall, row, close }: HallProps & { readonly row: QueueRow; readonly close: () => void }) {
  const words = useMessages(messages);
  const free = hall.windows.filter(({ state }) => state === 'free' || state === 'not-ready');
  const [windowId, setWindowId] = useState<string | null>(free[0] === undefined ? null : String(free[0].windowId));
  const [reason, setReason] = useState<PickReason | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const go = () => {
    if (reason === null || windowId === null) return;
    call('POST /api/centres/:centreId/days/:day/windows/:windowId/pick', {
      params: { centreId: centre.centreId, day: hall.day, windowId: Number(windowId) },
      body: { commandId: crypto.randomUUID(), visitId: row.visitId, reason },
    }).then(close, (error: Error) => setProblem(error.message));
  };
  return (
    <Dialog title={words.pickTitle(row.number)} open close={close}>
      {free.length === 0 ? (
        <p>{words.noFreeWindow}</p>
      ) : (
        <Choice
          label={words.atWindow}
          options={free.map(({ windowId: id }) => ({ value: String(id), label: String(id) }))}
          value={windowId}
          choose={setWindowId}
        />
      )}
      <Choice
        label={words.reason}
        options={PICK_REASONS.map((value) => ({ value, label: words.pickReasons[value] }))}
        value={reason}
        choose={setReason}
      />
      <Problem text={problem} />
      <div className="dialog-actions">
        <button type="button" onClick={close}>
          {words.close}
        </button>
        <button type="button" className="main-action" disabled={reason === null || windowId === null} onClick={go}>
          {words.pick}
        </button>
      </div>
    </Dialog>
  );
}

function Reactivate({ centre, hall, visitId }: HallProps & { readonly visitId: string }) {
  const words = useMessages(messages);
  const [problem, setProblem] = useState<string | null>(null);
  const go = () =>
    call('POST /api/centres/:centreId/days/:day/visits/:visitId/reactivate', {
      params: { centreId: centre.centreId, day: hall.day, visitId },
      body: { commandId: crypto.randomUUID() },
    }).catch((error: Error) => setProblem(error.message));
  return (
    <>
      {' '}
      <button type="button" onClick={() => void go()}>
        {words.isHere}
      </button>
      {problem !== null && <span role="alert"> {problem}</span>}
    </>
  );
}
