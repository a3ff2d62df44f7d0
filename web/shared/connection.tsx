import { useLanguage, useMessages } from './language.tsx';
import type { LiveHall } from './hall.ts';
import { messages } from './messages/index.ts';
import { localeOf } from './locale.ts';

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
    const time = new Intl.DateTimeFormat(localeOf(language), { hour: '2-digit', minute: '2-digit' }).format(lostAt);
    return (
      <p className="problem" role="alert">
        {words.noConnectionSince(time)}
      </p>
    );
  }
  return hall === null ? <p role="status">{words.connecting}</p> : null;
}
