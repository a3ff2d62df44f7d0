import smpp, { type Pdu, type Session } from 'smpp';
import { NotSent, type Way } from './ways.ts';

/** The centre for short messages: `smpp://user:password@host:2775` (or `ssmpp://` with TLS), and the name in front of messages. */
export interface SmsSetting {
  readonly url: string;
  readonly from: string;
}

/** What came of a message that was taken: told by the centre itself, when it knows. */
export type Receipt = (reference: string, isDelivered: boolean) => void;

const WAIT_MS = 10_000;
const ALIVE_EVERY_MS = 30_000;
/** In one message of 140 bytes there is room for 70 signs of UCS-2; longer ones go as a payload, which the centre cuts. */
const SIGNS_MAX = 70;
const UCS2 = 8;
const ALPHANUMERIC = 5;
/** A destination that does not exist, or is barred (SMPP 3.4, 5.1.3). */
const FOR_EVER = new Set([0x0b, 0x0c, 0x33]);
const DELIVERED = new Set(['DELIVRD', 'ACCEPTD']);

/** Short messages by SMPP 3.4: one bound session, made again when it is lost, with receipts of delivery. */
export function openSms(setting: SmsSetting, receipt: Receipt): Way {
  let bound: Promise<Session> | null = null;
  const session = () => {
    bound ??= bind(setting, receipt, () => (bound = null)).catch((error: unknown) => {
      bound = null;
      throw new NotSent((error as Error).message, false);
    });
    return bound;
  };
  return {
    send: async ({ address, text }) => {
      const open = await session();
      const body =
        text.length <= SIGNS_MAX ? { short_message: { message: text } } : { message_payload: { message: text } };
      const reply = await answered((then) =>
        open.submit_sm(
          {
            source_addr_ton: ALPHANUMERIC,
            source_addr: setting.from,
            dest_addr_ton: 1,
            dest_addr_npi: 1,
            destination_addr: address.replace('+', ''),
            data_coding: UCS2,
            registered_delivery: 1,
            ...body,
          },
          then,
        ),
      );
      if (reply.command_status !== 0)
        throw new NotSent(
          `the centre answered 0x${reply.command_status.toString(16)}`,
          FOR_EVER.has(reply.command_status),
        );
      return { reference: reply.message_id ?? null };
    },
    close: async () => {
      const open = await bound?.catch(() => null);
      bound = null;
      open?.destroy();
    },
  };
}

async function bind({ url }: SmsSetting, receipt: Receipt, lost: () => void): Promise<Session> {
  const { username, password, hostname, port, protocol } = new URL(url);
  const options = {
    host: hostname,
    port: Number(port === '' ? 2775 : port),
    tls: protocol === 'ssmpp:',
    auto_enquire_link_period: ALIVE_EVERY_MS,
  };
  const session = smpp.connect(options);
  await new Promise<void>((resolve, reject) => {
    session.once(options.tls ? 'secureConnect' : 'connect', resolve);
    session.once('error', reject);
    session.once('close', () => reject(new Error('the centre closed the connection')));
    setTimeout(() => reject(new Error('the centre does not answer')), WAIT_MS).unref();
  });
  session.on('error', lost);
  session.on('close', lost);
  session.on('deliver_sm', (pdu: Pdu) => {
    session.send(pdu.response());
    const told = receiptIn(pdu);
    if (told !== null) receipt(told.reference, told.isDelivered);
  });
  session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
  session.on('unbind', (pdu: Pdu) => {
    session.send(pdu.response());
    session.close();
  });
  const login = { system_id: decodeURIComponent(username), password: decodeURIComponent(password) };
  const reply = await answered((then) => session.bind_transceiver(login, then));
  if (reply.command_status !== 0) {
    session.destroy();
    throw new Error(`the centre refused the login: 0x${reply.command_status.toString(16)}`);
  }
  return session;
}

function answered(ask: (then: (pdu: Pdu) => void) => boolean): Promise<Pdu> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NotSent('the centre does not answer', false)), WAIT_MS);
    const isAsked = ask((pdu) => {
      clearTimeout(timer);
      resolve(pdu);
    });
    if (isAsked) return;
    clearTimeout(timer);
    reject(new NotSent('the connection to the centre is gone', false));
  });
}

/** A receipt as every centre writes it (SMPP 3.4, appendix B): `id:… stat:DELIVRD …`; null for anything else. */
function receiptIn({
  esm_class: kind = 0,
  short_message: text,
}: Pdu): { reference: string; isDelivered: boolean } | null {
  if ((kind & 0x3c) !== 0x04) return null;
  const { id, state } = /id:(?<id>\S+).*?stat:(?<state>[A-Z]+)/.exec(String(text?.message ?? ''))?.groups ?? {};
  if (id === undefined || state === undefined || state === 'ENROUTE') return null;
  return { reference: id, isDelivered: DELIVERED.has(state) };
}
