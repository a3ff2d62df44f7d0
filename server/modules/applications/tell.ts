import { eachApart } from '../../platform/isolated.ts';
import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import { storageOf } from '../../../core/applications/storage.ts';
import { noticeFaultOf } from '../../../core/notices/faults.ts';
import type { NoticeKind } from '../../../core/notices/templates.ts';
import { instantOf, type TimeZone } from '../../../core/time/civil.ts';
import { dayInDigits } from '../../../core/time/day-in-digits.ts';
import { dayNumberOf } from '../../../core/time/day-number.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Read } from '../../platform/handles.ts';
import {
  type Address,
  announce,
  failedNotices,
  type Notice,
  noticesAbout,
  readAddress,
  withdraw,
} from '../notices/index.ts';
import type { CaseRoom, Consequence, TellDependants } from './room.ts';
import { openPart, type SealedPart } from './sealed.ts';
import { applicationById } from './queries.ts';
import { openTask } from './tasks/queries.ts';

/** What messages to applicants name. */
export interface TellSetting {
  centre(centreId: number): Promise<{
    readonly name: { readonly ru: string; readonly en: string };
    readonly address: string;
    readonly zone: TimeZone;
  }>;
  readonly site: string | null;
}

/** Reminders go out in the morning. */
const REMIND_AT = '10:00';

/** Tells the applicant by the way that they have chosen: that it is ready, that it waits not much longer, that something is to be done. */
export function tellApplicants({ centre, site }: TellSetting): Consequence {
  return async (tx, room, { before, after, action }) => {
    const about = aboutOf(after.applicationId);
    if (before.state === 'ready') await withdraw(tx, about, ['application-storage-ends']);
    const kind = KINDS[after.state];
    if (kind === undefined || after.number === null) return;
    const told = toldOf(openPart(room.vault, after));
    if (told.length === 0) return;
    const { name, address, zone } = await centre(after.resultCentreId ?? after.centreId);
    const until = after.storedUntil === null ? {} : { until: dayInDigits(after.storedUntil) };
    const params = { zone, number: after.number, centre: name, address, ...until, ...(site === null ? {} : { site }) };
    const send = async (one: NoticeKind, at?: Instant) => {
      for (const { to, language } of told)
        await announce(tx, { kind: one, to, language, params, about, ...(at === undefined ? {} : { at }) }, room.now());
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
  };
}

/** Tells the applicant of a package that steps were cancelled: by every way that an application of the package names, each once. */
export function tellDependants({ centre, site }: TellSetting): TellDependants {
  return async (tx, room, ended, others) => {
    const told = [ended, ...others].flatMap((one) => toldOf(openPart(room.vault, one)));
    const each = new Map(told.map((one) => [JSON.stringify(one.to), one]));
    const { name, address, zone } = await centre(ended.centreId);
    const number = ended.number === null ? {} : { number: ended.number };
    const params = { zone, centre: name, address, ...number, ...(site === null ? {} : { site }) };
    const kind = 'application-steps-cancelled';
    for (const { to, language } of each.values())
      await announce(tx, { kind, to, language, params, about: aboutOf(ended.applicationId) }, room.now());
  };
}

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
export async function shownNotices(tx: Read, applicationId: string): Promise<ApplicationFile['notices']> {
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
export async function callUndelivered(room: CaseRoom): Promise<void> {
  const before = room.now() - DAY_MS;
  const failed = await room.db.read((tx) => failedNotices(tx, 'application-ready', before));
  await eachApart(failed, 'a task to phone an applicant', async (about) => {
    const application = await room.db.read((tx) => applicationById(tx, about.slice(aboutOf('').length)));
    if (application?.state !== 'ready') return;
    await room.db.write((tx) =>
      openTask(
        tx,
        { kind: 'call-applicant', application, details: { storedUntil: application.storedUntil } },
        room.now(),
      ),
    );
  });
}

const DAY_MS = 86_400_000;
