import { useEffect, useRef } from 'react';
import type { Alert } from '../../contract/alerts.ts';
import { NORMS, type Norm } from '../../core/queue/norms.ts';
import { wallTime } from '../shared/clock.tsx';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { QueryState, useChange, useQuery } from '../shared/query.ts';
import { playTones, type Tone } from '../shared/sound.ts';
import { messages } from './messages/index.ts';
import { Problem } from '../shared/problem.tsx';

const ASK_EVERY_MS = 2_000;
const PAST_SHOWN = 10;
const CHANGED = ['GET /api/centres/:centreId/alerts'] as const;

interface AlertsProps {
  readonly centreId: number;
  readonly timeZone: string;
}

/** What calls for a person, in large letters; what did so earlier, who saw it and when it was over, below. */
export function Alerts({ centreId, timeZone }: AlertsProps) {
  const words = useMessages(messages);
  const known = useQuery('GET /api/centres/:centreId/alerts', { params: { centreId } }, ASK_EVERY_MS);
  const seen = useChange('POST /api/centres/:centreId/alerts/:alertId/seen', CHANGED);
  const clear = useChange('POST /api/centres/:centreId/alerts/:alertId/clear', CHANGED);
  const alerts = known.data;
  const open = alerts?.filter(({ clearedAt }) => clearedAt === null) ?? [];
  useCallWhenNew(alerts);
  const past = alerts?.filter(({ clearedAt }) => clearedAt !== null).slice(0, PAST_SHOWN) ?? [];
  return (
    <section className="alerts" aria-label={words.alerts}>
      <QueryState of={known} />
      <div role="log" aria-label={words.alertsNow}>
        <ul>
          {open.map((alert) => (
            <li key={alert.alertId} className={alert.seenAt === null ? 'problem' : 'hint'}>
              <span>
                <AlertText alert={alert} timeZone={timeZone} />
              </span>
              {alert.seenAt === null && (
                <button type="button" onClick={() => seen.run({ params: { centreId, alertId: alert.alertId } })}>
                  {words.seen}
                </button>
              )}
              {!NORMS.includes(alert.kind as Norm) && (
                <button type="button" onClick={() => clear.run({ params: { centreId, alertId: alert.alertId } })}>
                  {words.clear}
                </button>
              )}
            </li>
          ))}
        </ul>
      </div>
      <Problem text={seen.problem ?? clear.problem} />
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

/** Three short tones: staff look up, and no visitor is frightened. A silent alarm at a window sounds only here. */
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
    // The minutes are of a wait that began before the alert did.
    kind === 'long-wait' ? words.alertSince(time(raisedAt)) : words.raised(time(raisedAt)),
    ...(seenAt === null ? [] : [words.seenAt(time(seenAt), seenBy)]),
    ...(clearedAt === null ? [] : [words.clearedAt(time(clearedAt))]),
  ];
  return <>{parts.join(', ')}</>;
}
