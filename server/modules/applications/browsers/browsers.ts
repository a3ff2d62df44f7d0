import { refuse } from '../../../../core/problems.ts';
import type { Write } from '../../../platform/handles.ts';
import { urlFault } from '../../../platform/public-http.ts';
import type { PushPlace } from '../../notices/index.ts';
import type { CaseRoom } from '../room.ts';
import { openPart, sealPart, type ToldBrowser } from '../sealed.ts';
import { applicationWithCode } from '../status.ts';
import { holdApplication, putSealed } from '../queries.ts';

/** As many as one person has; the one that was added first makes room. */
const BROWSERS_MAX = 3;

/** Has a browser told of an application; again it is the same one. Throws `unknown-application`, `browser-not-told`. */
export async function tellBrowser(
  room: CaseRoom,
  { number, code }: { readonly number: string; readonly code: string },
  browser: PushPlace,
  language: 'ru' | 'en',
): Promise<void> {
  const fault = urlFault(browser.endpoint);
  if (fault !== null) refuse('browser-not-told', {});
  const { applicationId } = await applicationWithCode(room, number, code);
  await changeBrowsers(room, applicationId, (before) => [
    ...without(before, browser.endpoint).slice(-(BROWSERS_MAX - 1)),
    { ...browser, language },
  ]);
}

/** Tells a browser nothing any more; one that was never told is left alone. Throws `unknown-application`. */
export async function forgetBrowser(
  room: CaseRoom,
  { number, code, endpoint }: { readonly number: string; readonly code: string; readonly endpoint: string },
): Promise<void> {
  const { applicationId } = await applicationWithCode(room, number, code);
  await changeBrowsers(room, applicationId, (before) => without(before, endpoint));
}

function changeBrowsers(
  room: CaseRoom,
  applicationId: string,
  change: (before: readonly ToldBrowser[]) => readonly ToldBrowser[],
): Promise<void> {
  return room.db.write(async (tx: Write) => {
    const application = await holdApplication(tx, applicationId);
    // Emptied since: the person was forgotten.
    if (application === null || application.sealed.length === 0) return refuse('unknown-application', {});
    const part = openPart(room.vault, application);
    const sealed = sealPart(room.vault, applicationId, { ...part, browsers: change(part.browsers ?? []) });
    await putSealed(tx, applicationId, sealed);
  });
}

const without = (browsers: readonly ToldBrowser[], endpoint: string) =>
  browsers.filter((one) => one.endpoint !== endpoint);
