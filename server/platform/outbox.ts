import { guarded, repeated } from './isolated.ts';

const LOOK_EVERY_MS = 1_000;

/** Messages that are stored in the database until they have gone out. */
export interface Outbox {
  /** Sends what is due now; a call while it is under way waits for that. */
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

/** What goes out to receivers who answer each in their own time. */
export interface LaneSetting {
  /** The receivers for whom something is due. */
  due(): Promise<readonly string[]>;
  /** Takes what one receiver is to have next, sends it and notes what came of it; false when nothing was due any more. */
  sendNext(receiver: string): Promise<boolean>;
  /** Hears of a receiver with whom something went wrong: the others go on, and this one is tried again at the next look. */
  failed(error: unknown): void;
}

/**
 * An outbox with a lane for each receiver: one that is silent delays its own messages and nobody else's. A lane takes a little at a
 * time, so that what it has taken is sent before another node may take it.
 */
export function openLanes({ due, sendNext, failed }: LaneSetting): Outbox {
  const lanes = new Map<string, Promise<void>>();
  let looking: Promise<void> | null = null;
  let isOver = false;
  const run = async (receiver: string) => {
    while (!isOver && (await sendNext(receiver)));
  };
  const look = () => {
    looking ??= due()
      .then((receivers) => {
        for (const receiver of receivers)
          if (!isOver && !lanes.has(receiver))
            lanes.set(
              receiver,
              run(receiver)
                .catch(failed)
                .finally(() => lanes.delete(receiver)),
            );
      })
      .finally(() => (looking = null));
    return looking;
  };
  const timer = setInterval(() => void look().catch(failed), LOOK_EVERY_MS).unref();
  return {
    sendDue: async () => {
      await look();
      await Promise.all(lanes.values());
    },
    stop: async () => {
      isOver = true;
      clearInterval(timer);
      await looking?.catch(() => undefined);
      await Promise.all(lanes.values());
    },
  };
}
