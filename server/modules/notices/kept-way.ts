import type { WayName } from '../../../core/notices/templates.ts';
import type { Message, Way } from './ways.ts';

/** A message that a demo has kept instead of sending it. */
export interface KeptMessage extends Pick<Message, 'address' | 'subject' | 'text'> {
  readonly way: WayName;
}

const KEPT_MAX = 100;

/** The ways of a demo, and what they kept. */
export interface KeptWays extends Readonly<Record<WayName, Way>> {
  messages(): readonly KeptMessage[];
}

/** A demo sends nothing: it keeps what it would have sent, newest first, for the person who tries it. */
export function keptWays(): KeptWays {
  let kept: readonly KeptMessage[] = [];
  const way = (name: KeptMessage['way']): Way => ({
    send: async ({ id, address, subject, text }) => {
      kept = [{ way: name, address, subject, text }, ...kept].slice(0, KEPT_MAX);
      return { reference: id };
    },
    close: async () => undefined,
  });
  return { email: way('email'), sms: way('sms'), push: way('push'), messages: () => kept };
}
