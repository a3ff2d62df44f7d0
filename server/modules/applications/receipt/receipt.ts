import type { Asker } from '../../../../core/access/asker.ts';
import { codeInGroups } from '../../../../core/applications/code.ts';
import { toBeQueried } from '../../../../core/applications/evidence.ts';
import { refuse } from '../../../../core/problems.ts';
import type { TimeZone } from '../../../../core/time/civil.ts';
import { dayInDigits } from '../../../../core/time/day-in-digits.ts';
import type { Instant } from '../../../../core/time/instant.ts';
import { audit } from '../../../platform/audit.ts';
import { responsibleOf } from '../drafts.ts';
import { maySee } from '../file.ts';
import { datesToday } from '../dates-today.ts';
import { groundsFor } from '../grounds.ts';
import { type CaseRoom, type Variant, variantOf } from '../room.ts';
import { codeOf, openPart } from '../sealed.ts';
import * as queries from '../queries.ts';
import type { TellSetting } from '../tell.ts';
import { drawSheetApart } from './draw-apart.ts';
import type { Sheet } from './draw.ts';
import { COLLECTOR_WORDS, RECEIPT_WORDS, type ReceiptLanguage, SEEN_WORDS, UNIT_WORDS } from './receipt-words.ts';

export interface ReceiptSetting extends TellSetting {
  readonly room: CaseRoom;
  /** The full name of a person, for the paper that they are given. */
  nameOf(personId: string): Promise<string>;
}

/**
 * The receipt of an application as a PDF, for a specialist of its centre. That it was printed is written down. Throws
 * `unknown-application`; also for one that has no number yet.
 */
export async function receiptOf(
  setting: ReceiptSetting,
  asker: Asker,
  applicationId: string,
  language: ReceiptLanguage,
): Promise<Buffer> {
  const { room } = setting;
  const application = await room.db.read((tx) => queries.applicationById(tx, applicationId));
  if (application === null || application.number === null || !(await maySee(room, asker, application)))
    return refuse('unknown-application', {});
  const sheet = await sheetOf(setting, application, application.number, language);
  await room.db.write((tx) => audit(tx, asker, { action: 'receipt-printed', object: `application ${applicationId}` }));
  return drawSheetApart({ ...sheet, mark: await markOf(setting, asker, application.centreId) });
}

/** Who printed a sheet, and when. */
export async function markOf({ room, centre }: ReceiptSetting, asker: Asker, centreId: number): Promise<string> {
  const { zone } = await centre(centreId);
  return `${responsibleOf(asker)} · ${moment(room.now(), zone)}`;
}

type Fact = readonly [name: string, value: string];
type Say = (name: keyof typeof RECEIPT_WORDS) => string;

async function sheetOf(
  setting: ReceiptSetting,
  application: queries.Application,
  number: string,
  language: ReceiptLanguage,
): Promise<Omit<Sheet, 'mark'>> {
  const { room, centre, site } = setting;
  const say: Say = (name) => RECEIPT_WORDS[name][language];
  const { applicationId, centreId, resultCentreId, agencyId } = application;
  const [taken, result] = await Promise.all([centre(centreId), centre(resultCentreId ?? centreId)]);
  const { passport, variant, events, dates } = await room.db.read(async (tx) => ({
    ...(await variantOf(tx, room, application)),
    events: await queries.eventsOf(tx, applicationId),
    dates: await datesToday(tx, room, application),
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
      [say('code'), codeInGroups(codeOf(room.vault, applicationId))],
      [say('taken'), moment(begun?.at ?? application.madeAt, taken.zone)],
      ...(await peopleFacts(setting, application, say)),
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
    tables: await tablesOf(room, application, variant, language),
    words: say('rights'),
    signatures: [say('signed'), say('handed')],
  };
}

async function peopleFacts(
  { room, nameOf }: ReceiptSetting,
  application: queries.Application,
  say: Say,
): Promise<Fact[]> {
  const { personId, representativeId } = application;
  const { mandate } = openPart(room.vault, application);
  const applicant: Fact = [say('applicant'), await nameOf(personId)];
  if (representativeId === null) return [applicant];
  const by = mandate === null ? '' : `, ${say('mandate')} ${mandate.number}`;
  return [applicant, [say('representative'), `${await nameOf(representativeId)}${by}`]];
}

function refusalFacts({ text, act, fix }: ReturnType<typeof groundsFor>[number], language: ReceiptLanguage): Fact[] {
  const ground: Fact = [RECEIPT_WORDS.ground[language], `${text[language]} (${act})`];
  return fix === undefined ? [ground] : [ground, [RECEIPT_WORDS.fix[language], fix[language]]];
}

/** What was taken in, what the centre asks for itself, and what it costs. */
async function tablesOf(
  room: CaseRoom,
  application: queries.Application,
  variant: Variant,
  language: ReceiptLanguage,
): Promise<Sheet['tables']> {
  const say: Say = (name) => RECEIPT_WORDS[name][language];
  const { applicationId } = application;
  const [evidence, { charges }] = await Promise.all([
    room.db.read((tx) => queries.evidenceOf(tx, applicationId)),
    room.db.read((tx) => room.beside(tx, applicationId)),
  ]);
  const names = new Map(variant.evidence.map(({ kind, name }) => [kind, name[language]]));
  const { answers } = openPart(room.vault, application);
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
