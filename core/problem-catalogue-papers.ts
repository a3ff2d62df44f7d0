import type { PaperForm, PaperPlace } from './applications/papers.ts';

type Named<Key extends string> = Readonly<Record<Key, string>>;

const PAPER_RU: Named<PaperForm> = { original: 'Подлинник', copy: 'Копия', form: 'Заявление', result: 'Результат' };
const PAPER_EN: Named<PaperForm> = { original: 'original', copy: 'copy', form: 'form', result: 'result' };
const PLACE_RU: Named<PaperPlace> = {
  centre: 'в другом центре',
  shelf: 'в другом центре',
  manifest: 'едет с реестром',
  agency: 'ещё в ведомстве',
  applicant: 'у заявителя',
  destroyed: 'уничтожен',
  missing: 'утерян',
};
const PLACE_EN: Named<PaperPlace> = {
  centre: 'is at another centre',
  shelf: 'is at another centre',
  manifest: 'is travelling with the manifest',
  agency: 'is still at the agency',
  applicant: 'is with the applicant',
  destroyed: 'was destroyed',
  missing: 'is missing',
};

/** Problems of papers and the manifests with which they travel. */
export const paperProblems = {
  'unknown-paper': {
    status: 404,
    ru: (p: { barcode: string }) =>
      `Документа со штрихкодом ${p.barcode} нет. Отсканируйте ещё раз или найдите заявление по номеру.`,
    en: (p: { barcode: string }) =>
      `There is no paper with the barcode ${p.barcode}. Scan it again, or find the application by its number.`,
  },
  'paper-elsewhere': {
    status: 409,
    ru: (p: { barcode: string; manifest: string | null; at: number | null }) =>
      p.manifest === null
        ? `Документ ${p.barcode} числится в другом месте. Ничего не изменено.`
        : `Документ ${p.barcode} уже в реестре ${p.manifest}. Ничего не изменено.`,
    en: (p: { barcode: string; manifest: string | null; at: number | null }) =>
      p.manifest === null
        ? `The paper ${p.barcode} is registered at another place. Nothing was changed.`
        : `The paper ${p.barcode} is already in the manifest ${p.manifest}. Nothing was changed.`,
  },
  'paper-not-for': {
    status: 409,
    ru: (p: { barcode: string; number: string }) =>
      `Документ ${p.barcode} относится к заявлению ${p.number}: оно этим реестром не едет.`,
    en: (p: { barcode: string; number: string }) =>
      `The paper ${p.barcode} belongs to the application ${p.number}, which does not go with this manifest.`,
  },
  'unknown-manifest': {
    status: 404,
    ru: () => 'Такого реестра нет.',
    en: () => 'There is no such manifest.',
  },
  'manifest-not-open': {
    status: 409,
    ru: (p: { number: string }) => `Реестр ${p.number} уже опечатан. Откройте новый.`,
    en: (p: { number: string }) => `The manifest ${p.number} is already sealed. Open a new one.`,
  },
  'manifest-not-sealed': {
    status: 409,
    ru: (p: { number: string }) => `Реестр ${p.number} ещё не опечатан отправителем.`,
    en: (p: { number: string }) => `The manifest ${p.number} has not been sealed by its sender yet.`,
  },
  'manifest-empty': {
    status: 409,
    ru: () => 'В реестре нет документов. Отсканируйте их.',
    en: () => 'The manifest has no papers. Scan them.',
  },
  'papers-left-out': {
    status: 409,
    ru: (p: { number: string; barcodes: readonly string[] }) =>
      `Заявление ${p.number} едет целиком: отсканируйте ещё ${p.barcodes.join(', ')}.`,
    en: (p: { number: string; barcodes: readonly string[] }) =>
      `The application ${p.number} goes as a whole: scan ${p.barcodes.join(', ')} too.`,
  },
  'lines-missing': {
    status: 422,
    ru: (p: { barcodes: readonly string[] }) => `Отметьте каждый документ. Остались: ${p.barcodes.join(', ')}.`,
    en: (p: { barcodes: readonly string[] }) => `Mark every paper. Still to mark: ${p.barcodes.join(', ')}.`,
  },
  'lines-twice': {
    status: 422,
    ru: () => 'Один документ указан дважды. Отметьте каждый один раз.',
    en: () => 'A paper is listed twice. Mark each paper once.',
  },
  'papers-missing': {
    status: 409,
    ru: (p: { number: string; barcodes: readonly string[] }) =>
      `У заявления ${p.number} утеряны документы: ${p.barcodes.join(', ')}. Найдите и отсканируйте их или подтвердите, что заявление едет без них.`,
    en: (p: { number: string; barcodes: readonly string[] }) =>
      `Papers of the application ${p.number} are missing: ${p.barcodes.join(', ')}. Find and scan them, or confirm that it goes without them.`,
  },
  'papers-not-here': {
    status: 409,
    ru: (p: { barcode: string; form: PaperForm; place: PaperPlace; manifest: string | null }) =>
      `${PAPER_RU[p.form]} ${p.barcode} ${PLACE_RU[p.place]}${p.manifest === null ? '' : ` ${p.manifest}`}. Сначала примите этот документ в центре выдачи.`,
    en: (p: { barcode: string; form: PaperForm; place: PaperPlace; manifest: string | null }) =>
      `The ${PAPER_EN[p.form]} ${p.barcode} ${PLACE_EN[p.place]}${p.manifest === null ? '' : ` ${p.manifest}`}. Take it over at the centre of issue first.`,
  },
  'manifest-taken-over': {
    status: 409,
    ru: (p: { number: string }) =>
      `Реестр ${p.number} уже принят. Сверьте его: если документов не хватает, составьте акт с центром.`,
    en: (p: { number: string }) =>
      `The manifest ${p.number} has already been taken over. Check it: if papers are missing, draw up an act with the centre.`,
  },
  'sealed-by-you': {
    status: 403,
    ru: () => 'Реестр опечатали вы. Принимает его другой сотрудник.',
    en: () => 'You sealed this manifest. Another member of staff must take it over.',
  },
} as const;
