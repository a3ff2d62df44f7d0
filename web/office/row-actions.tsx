import { useState } from 'react';
import { Said, type SaidWords } from '../shared/problem.tsx';

interface RowActionsProps {
  readonly actions: readonly { readonly label: string; readonly run: () => Promise<string | void> }[];
}

/** The buttons of a row; what came of one, or why not, is said beside it. */
export function RowActions({ actions }: RowActionsProps) {
  const [said, setSaid] = useState<SaidWords | null>(null);
  const run = (action: RowActionsProps['actions'][number]) =>
    action.run().then(
      (text) => setSaid(text === undefined ? null : { text, problem: false }),
      (error: Error) => setSaid({ text: error.message, problem: true }),
    );
  return (
    <div className="row-actions">
      {actions.map((action) => (
        <button key={action.label} type="button" onClick={() => void run(action)}>
          {action.label}
        </button>
      ))}
      <Said said={said} />
    </div>
  );
}
