import type { Asker } from '../../../../core/access/asker.ts';
import { askedFields, type FormField, shownAnswer } from '../../../../core/applications/form.ts';
import { filledTemplate } from '../../../../core/applications/template.ts';
import { askedSigners, type Signer } from '../../../../core/applications/signers.ts';
import { refuse } from '../../../../core/problems.ts';
import { dayInDigits } from '../../../../core/time/day-in-digits.ts';
import { audit } from '../../../platform/audit.ts';
import { centreDay, centreFacts } from '../../network/index.ts';
import type { CaseContext } from '../context.ts';
import { maySee } from '../rights.ts';
import { variantOf } from '../variant.ts';
import { openPart } from '../sealed-part.ts';
import * as queries from '../queries.ts';
import { drawSheetApart } from './draw-apart.ts';
import { namesOfPersons } from './person-names.ts';
import { markOf } from './print-receipt.ts';
import { RECEIPT_WORDS, type ReceiptLanguage } from './receipt-words.ts';

/**
 * A document to be signed as a PDF: the template of the version under which the application was taken, filled in. That it was
 * printed is written down. Throws `unknown-application`, `unknown-document`.
 */
export async function printDocument(
  context: CaseContext,
  asker: Asker,
  applicationId: string,
  code: string,
  language: ReceiptLanguage,
): Promise<Buffer> {
  const found = await context.db.read(async (tx) => {
    const application = await queries.applicationById(tx, applicationId);
    if (application === null) return null;
    const names = await namesOfPersons(tx, context, application);
    return { application, names, ...(await variantOf(tx, context, application)) };
  });
  if (found === null || !(await maySee(context, asker, found.application))) return refuse('unknown-application', {});
  const { application, names, passport, variant } = found;
  const template = variant.templates?.find((one) => one.code === code) ?? refuse('unknown-document', {});
  const { answers } = openPart(context.vault, application);
  const { representativeId, centreId, number } = application;
  const place = await centreFacts(context, centreId);
  const day = await centreDay(context, centreId);
  const form = (variant.form ?? []) as readonly FormField[];
  const fields = askedFields(form, answers);
  const shown = Object.fromEntries(
    fields.map((field) => [field.name, shownAnswer(field, answers[field.name] ?? '', language)]),
  );
  const values = {
    applicant: names.applicant,
    representative: names.representative ?? '',
    service: passport.official[language],
    agency: passport.agency?.name[language] ?? place.name[language],
    centre: place.name[language],
    day: dayInDigits(day),
    number: number ?? '',
  };
  await context.db.write((tx) =>
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
    mark: await markOf(context, asker, centreId),
  });
}
