import { useMessages } from '../../shared/language.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import type { Asking } from '../desk-actions.ts';
import { messages } from '../messages/index.ts';
import type { DialogProps } from './dialog-parts.tsx';
import { AddService } from './add-service.tsx';
import { FinishOtherwise } from './finish-otherwise.tsx';
import { Hold } from './hold.tsx';
import { Pause } from './pause.tsx';
import { Transfer } from './transfer.tsx';

const dialogs: Readonly<Record<Asking, (props: DialogProps) => React.ReactNode>> = {
  finishOtherwise: FinishOtherwise,
  hold: Hold,
  transfer: Transfer,
  addService: AddService,
  pause: Pause,
};

export function AskingDialog({ asking, ...props }: DialogProps & { readonly asking: Asking | null }) {
  const words = useMessages(messages);
  const Content = asking === null ? null : dialogs[asking];
  return (
    <Dialog title={asking === null ? '' : words[asking]} open={asking !== null} close={props.close}>
      {Content !== null && <Content {...props} />}
    </Dialog>
  );
}
