import { eachApart } from '../../platform/isolated.ts';
import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import { storageOf } from '../../../core/applications/storage.ts';
import { noticeFaultOf } from '../../../core/notices/faults.ts';
import type { NoticeKind } from '../../../core/notices/templates.ts';
import { instantOf } from '../../../core/time/civil.ts';
import { dayInDigits } from '../../../core/time/day-in-digits.ts';
import { dayNumberOf } from '../../../core/time/day-number.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Read, Write } from '../../platform/handles.ts';
import { centreFacts } from '../network/index.ts';
import {
  type Address,
  announce,
  failedNotices,
  type Notice,
  noticesAbout,
  readAddress,
  withdraw,
} from '../notices/index.ts';
import type { CaseContext, Follower } from './context.ts';
import { openPart, type SealedPart } from './sealed-part.ts';
import { type Application, applicationById } from './queries.ts';
import { openTask } from './tasks/queries.ts';

/** Reminders go out in the morning. */
const REMIND_AT = '10:00';

/** Tells the applicant by the way that they have chosen: that it is ready, that it waits not much longer, that something is to be done. */
export const notifyApplicants: Follower = {
  onMoved: async (tx, context, { before, after, action }) => {
    const about = aboutOf(after.applicationId);
    if (before.state === 'ready') await withdraw(tx, about, ['application-storage-ends']);
    const kind = KINDS[after.state];
    if (kind === undefined || after.number === null) return;
    const told = toldOf(openPart(context.vault, after));
    if (told.length === 0) return;
    const { name, address, zone } = await centreFacts(context, after.resultCentreId ?? after.centreId);
    const until = after.storedUntil === null ? {} : { until: dayInDigits(after.storedUntil) };
    const params = { zone, number: after.number, centre: name, address, ...until, ...siteOf(context) };
    const send = async (one: NoticeKind, at?: Instant) => {
      for (const { to, language } of told)
        await announce(
          tx,
          { kind: one, to, language, params, about, ...(at === undefined ? {} : { at }) },
          context.now(),
        );
    };
    await send(kind);
    if (
      action.move === 'move-result' ||
      after.state !== 'ready' ||
      after.readyOn === null ||
      after.storedUntil === null
    )
      return;
    const days = dayNumberOf(after.storedUntil) - dayNumberOf(after.readyOn);
    for (const day of storageOf(after.readyOn, days).reminders)
      await send('application-storage-ends', instantOf(day, REMIND_AT, zone));
  },

  shown: async (tx, _context, applicationId) => ({ notices: await shownNotices(tx, applicationId) }),
};

/** Tells the applicant of a package that steps were cancelled: by every way that an application of the package names, each once. */
export async function notifyOfCancelledSteps(
  tx: Write,
  context: CaseContext,
  ended: Application,
  others: Iterable<Application>,
): Promise<void> {
  const told = [ended, ...others].flatMap((one) => toldOf(openPart(context.vault, one)));
  const each = new Map(told.map((one) => [JSON.stringify(one.to), one]));
  const { name, address, zone } = await centreFacts(context, ended.centreId);
  const number = ended.number === null ? {} : { number: ended.number };
  const params = { zone, centre: name, address, ...number, ...siteOf(context) };
  const kind = 'application-steps-cancelled';
  for (const { to, language } of each.values())
    await announce(tx, { kind, to, language, params, about: aboutOf(ended.applicationId) }, context.now());
}

const siteOf = ({ siteUrl }: CaseContext) => (siteUrl === null ? {} : { site: siteUrl });

const KINDS: Partial<Record<string, NoticeKind>> = {
  ready: 'application-ready',
  'fix-requested': 'application-to-fix',
  cancelled: 'application-over',
  returned: 'application-over',
};

/** Everywhere where the applicant is told, and in which language. */
function toldOf({ contact, browsers = [] }: SealedPart): Pick<Notice, 'to' | 'language'>[] {
  const address = contact === null ? null : addressOf(contact);
  return [
    ...(contact === null || address === null ? [] : [{ to: address, language: contact.language }]),
    ...browsers.map(({ language, ...to }) => ({ to, language })),
  ];
}

function addressOf({ email, phone }: { readonly email?: string; readonly phone?: string }): Address | null {
  return readAddress(email ?? phone ?? '');
}

/** What the applicant was told of an application, as it shows it. */
async function shownNotices(tx: Read, applicationId: string): Promise<ApplicationFile['notices']> {
  const told = await noticesAbout(tx, aboutOf(applicationId));
  return told.map(({ noticeId, kind, way, state, fault }) => ({
    noticeId,
    kind,
    way,
    state,
    fault: fault === null ? null : noticeFaultOf(way, fault),
  }));
}

const aboutOf = (applicationId: string) => `application ${applicationId}`;

/** Applicants whom no message reached a day ago: a clerk phones them. */
export async function callUndelivered(context: CaseContext): Promise<void> {
  const before = context.now() - DAY_MS;
  const failed = await context.db.read((tx) => failedNotices(tx, 'application-ready', before));
  await eachApart(failed, 'a task to phone an applicant', async (about) => {
    const application = await context.db.read((tx) => applicationById(tx, about.slice(aboutOf('').length)));
    if (application?.state !== 'ready') return;
    await context.db.write((tx) =>
      openTask(
        tx,
        { kind: 'call-applicant', application, details: { storedUntil: application.storedUntil } },
        context.now(),
      ),
    );
  });
}

const DAY_MS = 86_400_000;
