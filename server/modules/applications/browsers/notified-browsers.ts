import { refuse } from '../../../../core/problems.ts';
import type { Write } from '../../../platform/handles.ts';
import { urlFault } from '../../../platform/public-http.ts';
import type { PushPlace } from '../../notices/index.ts';
import type { CaseContext } from '../context.ts';
import { openPart, sealPart, type ToldBrowser } from '../sealed-part.ts';
import { applicationWithCode } from '../application-status.ts';
import { holdApplication, putSealed } from '../queries.ts';

/** As many as one person has; the one that was added first makes context. */
const BROWSERS_MAX = 3;

/** Has a browser told of an application; again it is the same one. Throws `unknown-application`, `browser-not-told`. */
export async function tellBrowser(
  context: CaseContext,
  { number, code }: { readonly number: string; readonly code: string },
  browser: PushPlace,
  language: 'ru' | 'en',
): Promise<void> {
  const fault = urlFault(browser.endpoint);
  if (fault !== null) refuse('browser-not-told', {});
  const { applicationId } = await applicationWithCode(context, number, code);
  await changeBrowsers(context, applicationId, (before) => [
    ...without(before, browser.endpoint).slice(-(BROWSERS_MAX - 1)),
    { ...browser, language },
  ]);
}

/** Tells a browser nothing any more; one that was never told is left alone. Throws `unknown-application`. */
export async function forgetBrowser(
  context: CaseContext,
  { number, code, endpoint }: { readonly number: string; readonly code: string; readonly endpoint: string },
): Promise<void> {
  const { applicationId } = await applicationWithCode(context, number, code);
  await changeBrowsers(context, applicationId, (before) => without(before, endpoint));
}

function changeBrowsers(
  context: CaseContext,
  applicationId: string,
  change: (before: readonly ToldBrowser[]) => readonly ToldBrowser[],
): Promise<void> {
  return context.db.write(async (tx: Write) => {
    const application = await holdApplication(tx, applicationId);
    // Emptied since: the person was forgotten.
    if (application === null || application.sealed.length === 0) return refuse('unknown-application', {});
    const part = openPart(context.vault, application);
    const sealed = sealPart(context.vault, applicationId, { ...part, browsers: change(part.browsers ?? []) });
    await putSealed(tx, applicationId, sealed);
  });
}

const without = (browsers: readonly ToldBrowser[], endpoint: string) =>
  browsers.filter((one) => one.endpoint !== endpoint);
