import { guarded, repeated } from './isolated.ts';

const LOOK_EVERY_MS = 1_000;

/** Something that lies in the database until it has gone out. */
export interface Outbox {
  /** Sends what is due now; who asks while it is under way waits for that. */
  sendDue(): Promise<void>;
  /** Stops looking, and waits for what is under way. */
  stop(): Promise<void>;
}

/** Looks every second for what is due; `failed` hears of a look that went wrong, and the next one is made all the same. */
export function openOutbox(sendAll: () => Promise<void>, failed: (error: unknown) => void): Outbox {
  let running: Promise<void> | null = null;
  const sendDue = () => {
    running ??= begin().finally(() => (running = null));
    return running;
  };
  const begin = async () => sendAll();
  const stopLooking = repeated(
    LOOK_EVERY_MS,
    guarded((_, error) => failed(error)),
    'a look went wrong',
    sendDue,
  );
  return {
    sendDue,
    stop: async () => {
      stopLooking();
      await running?.catch(() => undefined);
    },
  };
}
