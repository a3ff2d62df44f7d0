import type { Asker } from '../../../../core/access/asker.ts';
import { askedFields, type FormField, shownAnswer } from '../../../../core/applications/form.ts';
import { filledTemplate } from '../../../../core/applications/template.ts';
import { askedSigners, type Signer } from '../../../../core/applications/signers.ts';
import { refuse } from '../../../../core/problems.ts';
import { dayInDigits } from '../../../../core/time/day-in-digits.ts';
import { audit } from '../../../platform/audit.ts';
import { maySee } from '../file.ts';
import { variantOf } from '../room.ts';
import { openPart } from '../sealed.ts';
import * as queries from '../queries.ts';
import { drawSheetApart } from './draw-apart.ts';
import { markOf, type ReceiptSetting } from './receipt.ts';
import { RECEIPT_WORDS, type ReceiptLanguage } from './receipt-words.ts';

/**
 * A document to be signed as a PDF: the template of the version under which the application was taken, filled in. That it was
 * printed is written down. Throws `unknown-application`, `unknown-document`.
 */
export async function documentOf(
  setting: ReceiptSetting,
  asker: Asker,
  applicationId: string,
  code: string,
  language: ReceiptLanguage,
): Promise<Buffer> {
  const { room, centre, nameOf } = setting;
  const application = await room.db.read((tx) => queries.applicationById(tx, applicationId));
  if (application === null || !(await maySee(room, asker, application))) return refuse('unknown-application', {});
  const { passport, variant } = await room.db.read((tx) => variantOf(tx, room, application));
  const template = variant.templates?.find((one) => one.code === code) ?? refuse('unknown-document', {});
  const { answers } = openPart(room.vault, application);
  const { personId, representativeId, centreId, number } = application;
  const [place, applicant, representative, day] = await Promise.all([
    centre(centreId),
    nameOf(personId),
    representativeId === null ? '' : nameOf(representativeId),
    room.today(centreId),
  ]);
  const form = (variant.form ?? []) as readonly FormField[];
  const fields = askedFields(form, answers);
  const shown = Object.fromEntries(
    fields.map((field) => [field.name, shownAnswer(field, answers[field.name] ?? '', language)]),
  );
  const values = {
    applicant,
    representative,
    service: passport.official[language],
    agency: passport.agency?.name[language] ?? place.name[language],
    centre: place.name[language],
    day: dayInDigits(day),
    number: number ?? '',
  };
  await room.db.write((tx) =>
    audit(tx, asker, {
      action: 'document-printed',
      object: `application ${applicationId}`,
      details: { code, version: application.version },
    }),
  );
  const say = (name: keyof typeof RECEIPT_WORDS) => RECEIPT_WORDS[name][language];
  const signers = askedSigners((variant.signers ?? []) as readonly Signer[], answers);
  return drawSheetApart({
    title: template.name[language],
    heading: [place.name[language], place.address],
    code: null,
    paragraphs: filledTemplate(template.text[language], values, shown).split('\n\n'),
    facts: template.withAnswers
      ? fields.map(({ name, label }) => [label[language], shown[name] === '' ? '—' : (shown[name] as string)])
      : [],
    tables: [],
    words: '',
    signatures: [
      say(representativeId === null ? 'applicantSigns' : 'representativeSigns'),
      ...signers.map(({ name }) => name[language]),
    ],
    mark: await markOf(setting, asker, centreId),
  });
}
