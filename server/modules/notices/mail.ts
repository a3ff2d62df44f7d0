import { createTransport } from 'nodemailer';
import { NotSent, type Way } from './ways.ts';

/** The city's mail server: `smtp://user:password@host:587` (with STARTTLS) or `smtps://…` , and who writes. */
export interface MailSetting {
  readonly url: string;
  readonly from: string;
}

const PERMANENT = 500;
const WAIT_MS = 10_000;

/** Mail by SMTP (RFC 5321): a few connections that are kept, one message-id for all attempts of a message. */
export function openMail({ url, from }: MailSetting): Way {
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
  const domain = from.slice(from.lastIndexOf('@') + 1).replace('>', '');
  return {
    send: async ({ id, address, subject, text, language, calendar }) => {
      const mail = {
        from,
        to: { name: '', address },
        subject,
        text,
        messageId: `<${id}@${domain}>`,
        headers: { 'Content-Language': language, 'Auto-Submitted': 'auto-generated' },
        ...(calendar !== null && {
          icalEvent: { method: 'PUBLISH', filename: 'appointment.ics', content: calendar },
        }),
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

/** A mail server likes to repeat the address in its answer; nobody's address stays in a log. */
function withoutAddress(text: string, address: string): string {
  return text
    .replaceAll(address, '…')
    .replaceAll(/[^\s<>]+@[^\s<>]+/g, '…')
    .slice(0, 200);
}
