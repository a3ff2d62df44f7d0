import { useMessages } from './language.tsx';
import './marks.css';
import { messages } from './messages/index.ts';

/** The mouths of five faces, from a bad mood to a good one: drawn, because not every machine has the signs for them. */
const MOUTHS = ['M9 24q7 -10 14 0', 'M9 23q7 -5 14 0', 'M9 22h14', 'M9 20q7 5 14 0', 'M9 19q7 11 14 0'];

/** Five faces, one touch. Each says in words what it means. */
export function Marks({ mark, rate }: { readonly mark: number | null; readonly rate: (mark: number) => void }) {
  const words = useMessages(messages);
  return (
    <div className="marks" role="group" aria-label={words.rateQuestion}>
      {MOUTHS.map((mouth, index) => (
        <button key={mouth} type="button" aria-pressed={mark === index + 1} onClick={() => rate(index + 1)}>
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <circle cx="16" cy="16" r="14" />
            <path d="M11 12v1M21 12v1" />
            <path d={mouth} />
          </svg>
          {words.marks[index]}
        </button>
      ))}
    </div>
  );
}
