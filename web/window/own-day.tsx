import type { OwnFigures } from '../../contract/hall-desk.ts';
import type { ScreenSettings } from '../../contract/screens.ts';
import { useMessages } from '../shared/language.tsx';
import { onClock } from '../shared/spans.ts';
import { messages } from './messages/index.ts';

interface OwnDayProps {
  readonly figures: OwnFigures;
  readonly settings: ScreenSettings['hall'];
}

/** The specialist's own figures, for nobody else, and the word to rest when it is time. */
export function OwnDay({ figures, settings }: OwnDayProps) {
  const words = useMessages(messages);
  const { served, meanServiceMs, meanWalkMs, workingMs, pausedMs, sincePauseMs } = figures;
  const tired = sincePauseMs > settings.breakAfterMinutes * 60_000;
  return (
    <section className="card" aria-labelledby="own-day">
      <h2 id="own-day">{words.ownDay}</h2>
      {tired && (
        <p className="hint" role="status">
          {words.takeBreak(Math.floor(sincePauseMs / 60_000))}
        </p>
      )}
      <dl className="figures">
        <dt>{words.served}</dt>
        <dd>{served}</dd>
        <dt>{words.meanService}</dt>
        <dd>{meanServiceMs === null ? words.noData : onClock(meanServiceMs)}</dd>
        <dt>{words.meanWalk}</dt>
        <dd>{meanWalkMs === null ? words.noData : onClock(meanWalkMs)}</dd>
        <dt>{words.working}</dt>
        <dd>{onClock(workingMs)}</dd>
        <dt>{words.paused}</dt>
        <dd>{onClock(pausedMs)}</dd>
      </dl>
    </section>
  );
}
