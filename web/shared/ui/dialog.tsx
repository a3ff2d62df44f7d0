import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

interface DialogProps {
  readonly title: string;
  readonly open: boolean;
  readonly close: () => void;
  /** True where an answer is needed: a touch outside the dialog does not close it. */
  readonly needed?: boolean;
  readonly children: ReactNode;
}

/** A question over the screen: the keyboard stays inside until it is answered, and comes back where it was. */
export function Dialog({ title, open, close, needed = false, children }: DialogProps) {
  return (
    <ModalOverlay
      className="dialog-ground"
      isOpen={open}
      isDismissable={!needed}
      onOpenChange={(next) => (next ? undefined : close())}
    >
      <Modal className="dialog">
        <AriaDialog role={needed ? 'alertdialog' : 'dialog'}>
          <Heading slot="title">{title}</Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
