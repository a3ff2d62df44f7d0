import { useState } from 'react';
import { useMessages } from '../shared/language.tsx';
import { Choice } from '../shared/ui/choice.tsx';
import { Dialog } from '../shared/ui/dialog.tsx';
import { messages } from './messages/index.ts';

interface ReasonDialogProps<Reason extends string> {
  readonly title: string;
  readonly help: string;
  readonly reasons: readonly Reason[];
  readonly names: Readonly<Record<Reason, string>>;
  readonly close: () => void;
  readonly go: (reason: Reason) => void;
}

/** Something that is done to everybody in the hall is done for a reason, which stays in the log. */
export function ReasonDialog<Reason extends string>({
  title,
  help,
  reasons,
  names,
  close,
  go,
}: ReasonDialogProps<Reason>) {
  const words = useMessages(messages);
  const [reason, setReason] = useState<Reason | null>(null);
  return (
    <Dialog title={title} open close={close}>
      <p>{help}</p>
      <Choice
        label={words.reason}
        options={reasons.map((value) => ({ value, label: names[value] }))}
        value={reason}
        choose={setReason}
      />
      <div className="dialog-actions">
        <button type="button" onClick={close}>
          {words.close}
        </button>
        <button
          type="button"
          className="main-action"
          disabled={reason === null}
          onClick={() => (reason === null ? undefined : go(reason))}
        >
          {title}
        </button>
      </div>
    </Dialog>
  );
}
