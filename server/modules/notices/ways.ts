import type { CalendarEntry } from '../../../core/booking/calendar-file.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { WayName } from '../../../core/notices/templates.ts';

/** A message on its way to one address. */
export interface Message {
  /** The same for each attempt, so that the carrier can recognise it. */
  readonly id: string;
  readonly address: string;
  readonly subject: string;
  readonly text: string;
  readonly language: 'ru' | 'en';
  /** An appointment that goes with it, or a whole calendar file of before; null: none. */
  readonly calendar: CalendarEntry | string | null;
  /** When it goes. */
  readonly at: Instant;
}

/** A way to people: a mail server, a centre for short messages. */
export interface Way {
  /** Gives what the carrier calls the message. Throws NotSent. */
  send(message: Message): Promise<{ readonly reference: string | null }>;
  /** Whether it can write to an address at all; a way without this can write to every one. */
  takes?(address: string): Promise<boolean>;
  close(): Promise<void>;
}

/** A message that the carrier did not take: for ever, such as to an address that does not exist, or this time only. */
export class NotSent extends Error {
  readonly forEver: boolean;

  constructor(reason: string, forEver: boolean) {
    super(reason);
    this.name = 'NotSent';
    this.forEver = forEver;
  }
}

/** The ways that this installation has. */
export type Ways = Readonly<Record<WayName, Way | null>>;
