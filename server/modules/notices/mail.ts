import { domainToASCII } from 'node:url';
import { createTransport } from 'nodemailer';
import { type CalendarEntry, calendarFile, methodOf } from '../../../core/booking/calendar-file.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { takesEveryScript } from './mail-scripts.ts';
import { NotSent, type Way } from './ways.ts';

/** The city's mail server: `smtp://user:password@host:587` (with STARTTLS) or `smtps://…` , and who writes. */
export interface MailSetting {
  readonly url: string;
  readonly from: string;
}

const PERMANENT = 500;
const WAIT_MS = 10_000;
const ASCII = /^[\u0020-\u007e]*$/;

/** Mail by SMTP (RFC 5321): a few connections that are kept, one message-id for all attempts of a message. */
export function openMail({ url, from: written }: MailSetting): Way {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 3,
    connectionTimeout: WAIT_MS,
    greetingTimeout: WAIT_MS,
    socketTimeout: WAIT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const from = readSender(written);
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  // A server that does not know the extension would send the letter back, or to another person.
  const takes = async (address: string) => ASCII.test(address) || (await takesEveryScript(url, WAIT_MS));
  return {
    takes,
    send: async ({ id, address, subject, text, language, calendar, at }) => {
      if (!(await takes(address))) throw new NotSent('address-not-latin', true);
      const mail = {
        from,
        to: { name: '', address },
        subject: oneLine(subject),
        text,
        messageId: `<${id}@${domain}>`,
        headers: { 'Content-Language': language, 'Auto-Submitted': 'auto-generated' },
        ...(calendar !== null && { icalEvent: calendarPart(calendar, from, address, at) }),
      };
      await transport.sendMail(mail).catch((error: unknown) => {
        const { responseCode = 0, message } = error as { responseCode?: number; message: string };
        throw new NotSent(withoutAddress(message, address), responseCode >= PERMANENT);
      });
      return { reference: null };
    },
    close: async () => transport.close(),
  };
}

/** What the office writes of itself, `Мои документы <okno@пример.рф>`, with a domain as the net knows it. */
function readSender(written: string): { readonly name: string; readonly address: string } {
  const [, name = '', inside] = /^(.*)<([^<>]*)>\s*$/s.exec(written) ?? [];
  const address = oneLine(inside ?? written);
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  return {
    name: oneLine(name).replaceAll(/^"|"$/g, ''),
    address: `${address.slice(0, at)}@${domainToASCII(domain) || domain}`,
  };
}

/** The method of the part and of the file are one and the same, or the part is not read as an invitation (RFC 6047, 2.4). */
function calendarPart(
  calendar: CalendarEntry | string,
  organizer: { readonly name: string; readonly address: string },
  address: string,
  at: Instant,
) {
  const filename = 'appointment.ics';
  if (typeof calendar === 'string') {
    const [, method = 'PUBLISH'] = /^METHOD:(\w+)\s*$/m.exec(calendar) ?? [];
    return { method, filename, content: calendar };
  }
  const parties = { organizer, attendee: { name: address, address } };
  return { method: methodOf(calendar, parties), filename, content: calendarFile(calendar, at, parties) };
}

function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').trim();
}

/** A mail server likes to repeat the address in its answer; nobody's address stays in a log. */
function withoutAddress(text: string, address: string): string {
  return text
    .replaceAll(address, '…')
    .replaceAll(/[^\s<>]+@[^\s<>]+/g, '…')
    .slice(0, 200);
}
