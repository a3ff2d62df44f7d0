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
    running ??= sendAll().finally(() => (running = null));
    return running;
  };
  const timer = setInterval(() => void sendDue().catch(failed), LOOK_EVERY_MS).unref();
  return {
    sendDue,
    stop: async () => {
      clearInterval(timer);
      await running?.catch(() => undefined);
    },
  };
}
