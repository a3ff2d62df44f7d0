import { useEffect, useRef, useState } from 'react';
import type { Alert } from '../../contract/alerts.ts';
import { NORMS, type Norm } from '../../core/queue/norms.ts';
import { call } from '../shared/client.ts';
import { wallTime } from '../shared/clock.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { useAsked } from '../shared/answers.ts';
import { playTones, type Tone } from '../shared/sound.ts';
import { messages } from './messages/index.ts';
import { Problem } from '../shared/problem.tsx';

const ASK_EVERY_MS = 2_000;
const PAST_SHOWN = 10;

interface AlertsProps {
  readonly centreId: number;
  readonly timeZone: string;
}

/** What calls for a person, in large letters; what did so earlier, who saw it and when it was over, below. */
export function Alerts({ centreId, timeZone }: AlertsProps) {
  const words = useMessages(messages);
  const [problem, setProblem] = useState<string | null>(null);
  const [alerts, again] = useAsked('GET /api/centres/:centreId/alerts', { params: { centreId } }, ASK_EVERY_MS);
  const act = (alertId: number, action: 'seen' | 'clear') =>
    call(`POST /api/centres/:centreId/alerts/:alertId/${action}`, { params: { centreId, alertId } }).then(
      again,
      (error: Error) => setProblem(error.message),
    );
  const open = alerts?.filter(({ clearedAt }) => clearedAt === null) ?? [];
  useCallWhenNew(alerts);
  const past = alerts?.filter(({ clearedAt }) => clearedAt !== null).slice(0, PAST_SHOWN) ?? [];
  return (
    <section className="alerts" aria-label={words.alerts}>
      <div role="log" aria-label={words.alertsNow}>
        <ul>
          {open.map((alert) => (
            <li key={alert.alertId} className={alert.seenAt === null ? 'problem' : 'hint'}>
              <span>
                <AlertText alert={alert} timeZone={timeZone} />
              </span>
              {alert.seenAt === null && (
                <button type="button" onClick={() => void act(alert.alertId, 'seen')}>
                  {words.seen}
                </button>
              )}
              {!NORMS.includes(alert.kind as Norm) && (
                <button type="button" onClick={() => void act(alert.alertId, 'clear')}>
                  {words.clear}
                </button>
              )}
            </li>
          ))}
        </ul>
      </div>
      <Problem text={problem} />
      {past.length > 0 && (
        <details>
          <summary>{words.alertsPast(past.length)}</summary>
          <ul>
            {past.map((alert) => (
              <li key={alert.alertId}>
                <AlertText alert={alert} timeZone={timeZone} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** Three short tones: somebody looks up, and no visitor is frightened. A silent alarm at a window sounds only here. */
const CALL: readonly Tone[] = [0, 0.25, 0.5].map((at) => ({ hertz: 988, at, lasts: 0.18 }));

/** Sounds when there is an alert that was not there before. */
function useCallWhenNew(alerts: readonly Alert[] | null): void {
  const known = useRef<number | null>(null);
  useEffect(() => {
    if (alerts === null) return;
    const newest = Math.max(0, ...alerts.map(({ alertId }) => alertId));
    const unseen = alerts.some(({ alertId, seenAt, clearedAt }) => {
      return alertId > (known.current ?? newest) && seenAt === null && clearedAt === null;
    });
    known.current = Math.max(newest, known.current ?? 0);
    if (unseen) playTones(CALL);
  }, [alerts]);
}

function AlertText({ alert, timeZone }: { readonly alert: Alert; readonly timeZone: string }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const time = (at: number) => wallTime(at, timeZone, language);
  const { kind, place, value, raisedAt, seenAt, seenBy, clearedAt } = alert;
  const parts = [
    words.alert[kind](place, value ?? 0),
    words.raised(time(raisedAt)),
    ...(seenAt === null ? [] : [words.seenAt(time(seenAt), seenBy)]),
    ...(clearedAt === null ? [] : [words.clearedAt(time(clearedAt))]),
  ];
  return <>{parts.join(', ')}</>;
}
