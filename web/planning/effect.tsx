import { useEffect, useState } from 'react';
import type { Outlook } from '../../contract/planning.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { useQuery } from '../shared/query.ts';
import { messages } from './messages/index.ts';

/** While shifts are still being moved nothing is asked. */
const SETTLED_MS = 400;

interface EffectProps {
  readonly centreId: number;
  readonly day: Outlook['day'];
  readonly plan: readonly number[];
}

/** What a plan would give and cost: the day is played through the rules of the hall, twenty times. */
export function Effect({ centreId, day, plan }: EffectProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [reserve, setReserve] = useState(true);
  const windows = useSettled(plan.join(','));
  const { data: played, error } = useQuery('POST /api/centres/:centreId/rehearsals', {
    params: { centreId },
    body: { day, windows: windows.split(',').map(Number), reserve },
  });
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const tiles =
    played === null
      ? []
      : ([
          [words.meanWait, played.meanWaitMinutes.value, played.meanWaitMinutes.value > 3],
          [words.breaches, played.expectedBreaches, played.over15.value > 1 / 2000],
          [words.plannedHours, played.plannedHours, false],
          [words.reserveHours, played.reserveHours, false],
          [words.openings, played.openings, false],
          [words.workHours, played.workHours, false],
        ] as const);
  return (
    <section aria-labelledby="effect">
      <h2 id="effect">{words.effect}</h2>
      <label className="check">
        <input type="checkbox" checked={reserve} onChange={({ target }) => setReserve(target.checked)} />{' '}
        {words.reserve}
      </label>
      <div role="status">
        {played === null ? (
          <p>{error?.message ?? words.playing}</p>
        ) : (
          <dl className="tiles-of-figures">
            {tiles.map(([name, value, bad]) => (
              <div key={name} className={bad ? 'bad' : ''}>
                <dt>{name}</dt>
                <dd>{number.format(value)}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      {played !== null && (
        <p className="quiet">
          {words.meanWait}:{' '}
          {words.between(number.format(played.meanWaitMinutes.low), number.format(played.meanWaitMinutes.high))}
        </p>
      )}
    </section>
  );
}

/** A value once it has not changed for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
