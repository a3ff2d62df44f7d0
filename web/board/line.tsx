import type { Hall } from '../../core/queue/hall.ts';
import { useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';

/** Numbers that fit in three columns; larger ones while there are few. */
const FEW = 18;
const SHOWN = 24;

/** The numbers that wait, by arrival: visitors see that nobody has forgotten them. No forecast: it would contradict the tickets. */
export function Line({ hall }: { readonly hall: Hall }) {
  const words = useMessages(messages);
  const waiting = hall.tickets.filter(({ place }) => place === 'line');
  const rest = waiting.length - SHOWN;
  const isDense = waiting.length > FEW;
  return (
    <section className={`board__side${isDense ? ' board__side--dense' : ''}`} aria-labelledby="line">
      <h2 id="line">
        <span>{words.waiting}</span>
        <span className="num">{waiting.length}</span>
      </h2>
      <p>{waiting.length === 0 ? words.nobodyWaits : words.lineHelp}</p>
      <ul className="board__waiting">
        {waiting.slice(0, SHOWN).map(({ visitId, number }) => (
          <li key={visitId}>{number}</li>
        ))}
      </ul>
      {rest > 0 && <p className="board__rest">{words.andLater(rest)}</p>}
    </section>
  );
}
