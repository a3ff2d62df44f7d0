import { type Asker, responsibleOf } from '../../../../core/access/asker.ts';
import { codeInGroups } from '../../../../core/applications/code.ts';
import { toBeQueried } from '../../../../core/applications/evidence.ts';
import { refuse } from '../../../../core/problems.ts';
import type { TimeZone } from '../../../../core/time/civil.ts';
import { dayInDigits } from '../../../../core/time/day-in-digits.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import { audit } from '../../../platform/audit.ts';
import { centreFacts } from '../../network/index.ts';
import type { CaseContext, NextTo, Variant } from '../context.ts';
import { datesToday } from '../dates.ts';
import { groundsFor } from '../grounds.ts';
import { type EvidenceRow, evidenceOf } from '../evidence/queries.ts';
import { nextTo } from '../followers.ts';
import { maySee } from '../rights.ts';
import { variantOf } from '../variant.ts';
import { codeOf, openPart } from '../sealed-part.ts';
import * as queries from '../queries.ts';
import { drawSheetApart } from './draw-apart.ts';
import type { Sheet } from './draw.ts';
import { namesOfPersons, type PersonNames } from './person-names.ts';
import { COLLECTOR_WORDS, RECEIPT_WORDS, type ReceiptLanguage, SEEN_WORDS, UNIT_WORDS } from './receipt-words.ts';

/**
 * The receipt of an application as a PDF, for a specialist of its centre. That it was printed is written down. Throws
 * `unknown-application`; also for one that has no number yet.
 */
export async function printReceipt(
  context: CaseContext,
  asker: Asker,
  applicationId: string,
  language: ReceiptLanguage,
): Promise<Buffer> {
  const application = await context.db.read((tx) => queries.applicationById(tx, applicationId));
  if (application === null || application.number === null || !(await maySee(context, asker, application)))
    return refuse('unknown-application', {});
  const sheet = await sheetOf(context, application, application.number, language);
  await context.db.write((tx) =>
    audit(tx, asker, { action: 'receipt-printed', object: `application ${applicationId}` }),
  );
  return drawSheetApart({ ...sheet, mark: await markOf(context, asker, application.centreId) });
}

/** Who printed a sheet, and when. */
export async function markOf(context: CaseContext, asker: Asker, centreId: number): Promise<string> {
  const { zone } = await centreFacts(context, centreId);
  return `${responsibleOf(asker)} · ${moment(context.now(), zone)}`;
}

type Fact = readonly [name: string, value: string];
type Say = (name: keyof typeof RECEIPT_WORDS) => string;

async function sheetOf(
  context: CaseContext,
  application: queries.Application,
  number: string,
  language: ReceiptLanguage,
): Promise<Omit<Sheet, 'mark'>> {
  const { siteUrl: site } = context;
  const say: Say = (name) => RECEIPT_WORDS[name][language];
  const { applicationId, centreId, resultCentreId, agencyId } = application;
  const taken = await centreFacts(context, centreId);
  const result = await centreFacts(context, resultCentreId ?? centreId);
  const { passport, variant, events, dates, evidence, charges, names } = await context.db.read(async (tx) => ({
    ...(await variantOf(tx, context, application)),
    events: await queries.eventsOf(tx, applicationId),
    dates: await datesToday(tx, context, application),
    evidence: await evidenceOf(tx, applicationId),
    charges: (await nextTo(tx, context, applicationId)).charges,
    names: await namesOfPersons(tx, context, application),
  }));
  const begun = events.find(({ move }) => move === 'register' || move === 'refuse-acceptance');
  const refusal = groundsFor(variant, 'refuse-acceptance').find(({ code }) => code === begun?.ground);
  return {
    title: say(refusal === undefined ? 'title' : 'refusal'),
    heading: [taken.name[language], taken.address],
    code: site === null ? number : `${site}/application?number=${number}`,
    paragraphs: [],
    facts: [
      [say('number'), number],
      [say('code'), codeInGroups(codeOf(context.vault, applicationId))],
      [say('taken'), moment(begun?.at ?? application.madeAt, taken.zone)],
      ...peopleFacts(context, application, names, say),
      [say('service'), `${passport.official[language]} (${variant.name[language]})`],
      [say('agency'), agencyId === null ? say('ownAgency') : (passport.agency?.name[language] ?? agencyId)],
      [say('specialist'), application.responsible],
      ...(refusal === undefined
        ? [
            ...termFacts(dates, variant, language),
            ...resultFacts(
              variant,
              [result.name[language], result.address].filter((part) => part !== '').join(', '),
              language,
            ),
          ]
        : refusalFacts(refusal, language)),
    ],
    tables: tablesOf(context, application, variant, { evidence, charges }, language),
    words: say('rights'),
    signatures: [say('signed'), say('handed')],
  };
}

function peopleFacts({ vault }: CaseContext, application: queries.Application, names: PersonNames, say: Say): Fact[] {
  const { mandate } = openPart(vault, application);
  const applicant: Fact = [say('applicant'), names.applicant];
  if (names.representative === null) return [applicant];
  const by = mandate === null ? '' : `, ${say('mandate')} ${mandate.number}`;
  return [applicant, [say('representative'), `${names.representative}${by}`]];
}

function refusalFacts({ text, act, fix }: ReturnType<typeof groundsFor>[number], language: ReceiptLanguage): Fact[] {
  const ground: Fact = [RECEIPT_WORDS.ground[language], `${text[language]} (${act})`];
  return fix === undefined ? [ground] : [ground, [RECEIPT_WORDS.fix[language], fix[language]]];
}

/** What was taken in, what the centre asks for itself, and what it costs. */
function tablesOf(
  { vault }: CaseContext,
  application: queries.Application,
  variant: Variant,
  { evidence, charges }: { readonly evidence: readonly EvidenceRow[]; readonly charges: NextTo['charges'] },
  language: ReceiptLanguage,
): Sheet['tables'] {
  const say: Say = (name) => RECEIPT_WORDS[name][language];
  const names = new Map(variant.evidence.map(({ kind, name }) => [kind, name[language]]));
  const { answers } = openPart(vault, application);
  const asked = toBeQueried(variant.evidence, new Set(evidence.map(({ kind }) => kind)), answers);
  return [
    {
      title: say('documents'),
      rows: evidence.map(({ kind, seen, copies, sheets }) => [
        names.get(kind) ?? kind,
        SEEN_WORDS[seen][language],
        `${say('copies')}: ${copies}`,
        `${say('sheets')}: ${sheets}`,
      ]),
    },
    { title: say('asked'), rows: asked.map(({ name }) => [name[language]]) },
    {
      title: say('charges'),
      rows: charges.map(({ amount, uin, state }) => [
        `${(amount / KOPECKS).toFixed(2)} ${say('roubles')}`,
        `${say('uin')} ${uin}`,
        say(state === 'paid' || state === 'confirmed' ? 'paid' : 'unpaid'),
      ]),
    },
  ];
}

const KOPECKS = 100;

function termFacts(
  { lastDay, promised }: queries.Dates,
  { term }: Variant,
  language: ReceiptLanguage,
): [string, string][] {
  const say = (name: keyof typeof RECEIPT_WORDS) => RECEIPT_WORDS[name][language];
  if (lastDay === null || promised === null) return [[say('lastDay'), say('noDate')]];
  const unit =
    term === null
      ? ''
      : term.unit === 'same-visit'
        ? UNIT_WORDS[term.unit][language]
        : `${term.count} ${UNIT_WORDS[term.unit][language]}`;
  // The earlier of both is what the applicant may count on.
  return [
    [say('promised'), dayInDigits(promised)],
    [say('lastDay'), `${dayInDigits(lastDay)}${unit === '' ? '' : ` (${unit})`}`],
  ];
}

function resultFacts({ results }: Variant, place: string, language: ReceiptLanguage): Fact[] {
  const result = results.find(({ positive }) => positive);
  const say = (name: keyof typeof RECEIPT_WORDS) => RECEIPT_WORDS[name][language];
  if (result === undefined) return [];
  return [
    [say('where'), place],
    [say('who'), COLLECTOR_WORDS[result.collectedBy][language]],
    [say('stored'), String(result.storageDays)],
  ];
}

function moment(at: Instant, timeZone: TimeZone): string {
  return new Intl.DateTimeFormat('ru', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(at);
}
