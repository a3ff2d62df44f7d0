import { wallTime } from './clock.tsx';
import { useLanguage, useMessages } from './language.tsx';
import type { LiveHall } from './hall.ts';
import { messages } from './messages/index.ts';

/** Says honestly when what is shown may be old, and why there is nothing to show. */
export function Connection({ live: { hall, lostAt, problem } }: { live: LiveHall }) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  if (problem !== null)
    return (
      <p className="problem" role="alert">
        {problem}
      </p>
    );
  if (lostAt !== null) {
    // The hall is in its own zone; before the first answer only the zone of this machine is known.
    const timeZone = hall?.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const time = wallTime(lostAt, timeZone, language);
    return (
      <p className="problem" role="alert">
        {words.noConnectionSince(time)}
      </p>
    );
  }
  return hall === null ? <p role="status">{words.connecting}</p> : null;
}
