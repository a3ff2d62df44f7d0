import { useMessages } from './language.tsx';
import { messages } from './messages/index.ts';
import './skeleton.css';

/** Where something will be that is on its way: bars, and a word for people who hear the screen. `lines`: about as many as will come. */
export function Skeleton({ lines = 2 }: { readonly lines?: number }) {
  const words = useMessages(messages);
  return (
    <div className="skeleton" aria-busy="true" role="status">
      <span className="unseen">{words.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="bar" aria-hidden="true" />
      ))}
    </div>
  );
}
