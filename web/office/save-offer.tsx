import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { useMessages } from '../shared/language.tsx';
import { Dialog } from '../shared/ui/dialog.tsx';
import { messages } from './messages/index.ts';

/** A write that may leave bookings without room: tried first, then carried out. */
type Send = (query: { readonly dryRun?: 'true' }) => Promise<{ readonly bookings: number }>;

const Ask = createContext<(bookings: number) => Promise<boolean>>(async () => true);

/**
 * Saves what a centre offers: tries it, asks the person when bookings would have no room, and only then saves. Throws with a sentence, also
 * when the person decides not to save.
 */
export function useSaveOffer(): (send: Send) => Promise<void> {
  const ask = useContext(Ask);
  const words = useMessages(messages);
  return useCallback(
    async (send) => {
      const { bookings } = await send({ dryRun: 'true' });
      if (bookings > 0 && !(await ask(bookings))) throw new Error(words.notSaved);
      await send({});
    },
    [ask, words],
  );
}

/** Asks over the page how many bookings a change may cost. */
export function AsksAboutBookings({ children }: { readonly children: ReactNode }) {
  const words = useMessages(messages);
  const [bookings, setBookings] = useState<number | null>(null);
  const answer = useRef<(yes: boolean) => void>(() => undefined);
  const ask = useCallback(
    (count: number) =>
      new Promise<boolean>((resolve) => {
        answer.current = resolve;
        setBookings(count);
      }),
    [],
  );
  const close = (yes: boolean) => {
    setBookings(null);
    answer.current(yes);
  };
  return (
    <Ask.Provider value={ask}>
      {children}
      <Dialog title={words.bookingsTitle} open={bookings !== null} needed close={() => close(false)}>
        <p>{words.bookingsHit(bookings ?? 0)}</p>
        <div className="dialog-actions">
          <button type="button" onClick={() => close(false)}>
            {words.doNotSave}
          </button>
          <button type="button" className="main-action" onClick={() => close(true)}>
            {words.saveAnyway}
          </button>
        </div>
      </Dialog>
    </Ask.Provider>
  );
}
