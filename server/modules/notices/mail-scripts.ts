import SMTPConnection from 'nodemailer/lib/smtp-connection';

const MAIL_PORT = 587;

/**
 * Whether a mail server takes addresses in other letters than Latin (SMTPUTF8, RFC 6531): it is greeted and asked what it offers.
 * False when it cannot be asked.
 */
export function takesEveryScript(url: string, patienceMs: number): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  const secure = protocol === 'smtps:';
  const connection = new SMTPConnection({
    host: hostname,
    port: Number(port) || (secure ? 465 : MAIL_PORT),
    secure,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  });
  return new Promise((resolve) => {
    connection.once('error', () => resolve(false));
    connection.connect(() => {
      // What EHLO was answered, which the library keeps for itself.
      const { _supportedExtensions: offers = [] } = connection as unknown as { _supportedExtensions?: string[] };
      resolve(offers.includes('SMTPUTF8'));
      connection.close();
    });
  });
}
