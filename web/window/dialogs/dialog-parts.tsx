import type { Centre } from '../../../contract/network.ts';
import type { VisitReply } from '../../../contract/queue.ts';
import { useMessages } from '../../shared/language.tsx';
import type { DeskView } from '../desk-actions.ts';
import { messages } from '../messages/index.ts';

/** What every dialog of the window is given. */
export interface DialogProps {
  readonly centre: Centre;
  readonly visit: VisitReply | null;
  readonly view: DeskView;
  readonly run: (work: (view: DeskView) => Promise<unknown>) => Promise<void>;
  readonly close: () => void;
}

/** The way on and the way back, the same under every dialog. */
export function Answers({
  action,
  disabled = false,
  go,
  close,
}: {
  readonly action: string;
  readonly disabled?: boolean;
  readonly go: () => void;
  readonly close: () => void;
}) {
  const words = useMessages(messages);
  return (
    <div className="dialog-actions">
      <button type="button" onClick={close}>
        {words.back}
      </button>
      <button type="button" className="main-action" disabled={disabled} onClick={go}>
        {action}
      </button>
    </div>
  );
}
