import { useState } from 'react';
import { useMessages } from '../shared/language.tsx';
import { Said, type SaidWords } from '../shared/problem.tsx';
import { messages } from './messages/index.ts';

interface RowAction {
  readonly label: string;
  /** What is asked before it is done, naming what happens to whom; none: it is done at once. */
  readonly ask?: string;
  readonly run: () => Promise<string | void>;
}

interface RowActionsProps {
  readonly actions: readonly RowAction[];
}

/** The buttons of a row; the outcome of each is shown next to it. */
export function RowActions({ actions }: RowActionsProps) {
  const words = useMessages(messages);
  const [said, setSaid] = useState<SaidWords | null>(null);
  const [asked, setAsked] = useState<RowAction | null>(null);
  const run = (action: RowAction) =>
    action.run().then(
      (text) => setSaid(text === undefined ? null : { text, problem: false }),
      (error: Error) => setSaid({ text: error.message, problem: true }),
    );
  if (asked !== null)
    return (
      <div className="row-actions" role="group" aria-label={asked.label}>
        <p>{asked.ask}</p>
        <button
          type="button"
          onClick={() => {
            setAsked(null);
            void run(asked);
          }}
        >
          {asked.label}
        </button>
        <button type="button" onClick={() => setAsked(null)}>
          {words.cancel}
        </button>
      </div>
    );
  return (
    <div className="row-actions">
      {actions.map((action) => (
        <button
          key={action.label}
          type="button"
          onClick={() => (action.ask === undefined ? void run(action) : setAsked(action))}
        >
          {action.label}
        </button>
      ))}
      <Said said={said} />
    </div>
  );
}
