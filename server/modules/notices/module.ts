import { demoPostContract } from '../../../contract/booking.ts';
import { refuse } from '../../../core/problems.ts';
import type { Context } from '../../platform/context.ts';
import { serve } from '../../platform/serve.ts';
import type { NoticesContext } from './context.ts';
import { type KeptWays, keptWays } from './kept-way.ts';
import { type MailSetting, openMail } from './mail.ts';
import { openPushWay } from './push.ts';
import { noteDelivery } from './queries.ts';
import { openOutgoing } from './send-notices.ts';
import { openSms, type SmsSetting } from './sms.ts';
import type { Ways } from './ways.ts';

/** The servers through which messages go out; null: there is none. */
interface Carriers {
  readonly mail: MailSetting | null;
  readonly sms: SmsSetting | null;
}

/** Messages to people: what any module announces goes out from here, in a demo into a box that everybody may look into. */
export async function openNotices(context: Context, carriers: Carriers): Promise<NoticesContext> {
  const { http, isReal, log, onClose } = context;
  const kept = isReal ? null : keptWays();
  const ways = await openWays(context, carriers, kept);
  const outgoing = openOutgoing({ ...context, ways });
  onClose(() => outgoing.stop());
  serve(http, demoPostContract, {
    'GET /api/demo-post': () => [...(kept ?? refuse('not-in-real', {})).messages()],
  });
  const failed = (error: unknown) => log.error('messages could not be sent', error);
  return { ...context, ways, sendNow: () => void outgoing.sendDue().catch(failed) };
}

/** How messages go out: by the servers that are set up, and in a demo into the box. */
async function openWays(context: Context, { mail, sms }: Carriers, kept: KeptWays | null): Promise<Ways> {
  const { db, now, log } = context;
  const delivered = (reference: string, isDelivered: boolean) => {
    db.write((tx) => noteDelivery(tx, reference, isDelivered, now())).catch((error: unknown) =>
      log.error('a receipt could not be kept', error),
    );
  };
  return {
    email: mail === null ? (kept?.email ?? null) : openMail(mail),
    sms: sms === null ? (kept?.sms ?? null) : openSms(sms, delivered),
    push: await openPushWay(context, kept?.push ?? null),
  };
}
