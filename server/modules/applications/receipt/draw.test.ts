import { expect, test } from 'vitest';
import { drawnIn, pagesIn } from '../../../../tests/support/scans.ts';
import { drawSheetApart } from './draw-apart.ts';
import { drawSheet, type Sheet } from './draw.ts';

const SHEET: Sheet = {
  title: 'Расписка в приёме документов',
  heading: ['Центр «Мои документы», Хамовники'],
  code: null,
  paragraphs: [],
  facts: [],
  tables: [],
  words: '',
  signatures: [],
  mark: '',
};

/** The signs of faces that a PDF draws, by their numbers in each face; 0 is the box of a sign that the face does not have. */
function signsIn(pdf: Buffer): number[] {
  const rows = drawnIn(pdf).match(/\[(?:<[\da-f]+>|[\s\d.-])+\] TJ/gi) ?? [];
  return rows.flatMap((row) =>
    Array.from(row.matchAll(/<([\da-f]+)>/gi), ([, hex = '']) => hex.match(/.{4}/g) ?? [])
      .flat()
      .map((one) => Number.parseInt(one, 16)),
  );
}

const NAMES: readonly [script: string, name: string][] = [
  ['Russian', 'Щёголева Анна Юрьевна — № 5, 10–15 «руб.» ₽'],
  ['Kazakh', 'Әбдіқадырова Ғалия Ұлпанқызы, Һ Ң Ү І Ө'],
  ['Kyrgyz', 'Өмүрбеков Үсөн Ңү'],
  ['Tajik', 'Ҷӯраев Ҳақназар Қурбонӣ Ғ'],
  ['Uzbek in Cyrillic', 'Ўткир Қодиров Ғайрат Ҳ'],
  ['Uzbek in Latin', 'Oʻtkir Gʻaniyev Shavkat oʻgʻli'],
  ['Turkmen', 'Gurbangulyýew Şöhrat Žaňa Ňý'],
  ['Azerbaijani', 'Əliyev Şəhriyar Ğ ı İ Ö Ü Ç'],
  ['Ukrainian, Belarusian', 'Ґалаґан Їжакевич Є, Ўладзімір'],
  ['Moldovan', 'Ștefănescu Țurcanu Ă Î Â'],
  ['Tatar, Bashkir, Chuvash', 'Әхмәтҗанов Җ Һ Ң Ҫ Ҙ Ҡ Ӑ Ӗ Ҫ Ӳ'],
  ['Abkhaz, Ossetic, Mari, Komi, Yakut', 'Ҵыҳәа Ӕ Ҥ Ӓ Ӱ Ӧ Ҕ Ӈ Ҭ Ҽ Ԥ'],
  ['Armenian', 'Հարությունյան Գևորգ'],
  ['Georgian', 'შევარდნაძე ედუარდ'],
  ['Hebrew', 'משה כהן'],
  ['Arabic', 'محمد بن عبد الله'],
  ['Persian, Dari, Pashto, Urdu', 'گل‌محمد پژمان چ ښ ځ ړ ے'],
  ['Chinese', '王小明 李娜 张伟 欧阳'],
  ['Vietnamese', 'Nguyễn Thị Ánh Đặng Hữu Phước'],
  ['Hindi', 'अमित कुमार शर्मा क्षत्रिय'],
  ['Bengali', 'মোহাম্মদ রহমান ক্ষ'],
  ['Korean', '김철수 박영희'],
  ['Turkish', 'Çağlar Şimşek İğdır'],
  ['Tamil, Sinhala', 'தமிழ் සිංහල'],
  ['Thai, Khmer, Amharic', 'สมชาย ខ្មែរ አበበ'],
];

test.each(NAMES)('a name in %s is printed without a box', async (_, name) => {
  const pdf = await drawSheet({
    ...SHEET,
    facts: [['Заявитель', name]],
    paragraphs: [name],
    tables: [{ title: name, rows: [[name, 'копий: 1']] }],
    signatures: [name],
  });
  const signs = signsIn(pdf);
  expect(signs.length).toBeGreaterThan(20);
  expect(signs.filter((sign) => sign === 0)).toEqual([]);
  // No question mark in place of a letter: the same sheet with one has another sign.
  expect(questionMarksIn(pdf)).toBe(0);
});

/** How many characters of the text that can be copied out of a PDF are question marks. */
function questionMarksIn(pdf: Buffer): number {
  return drawnIn(pdf).match(/<003f>/gi)?.length ?? 0;
}

test('a sign that no face has is a question mark, not a box', async () => {
  const pdf = await drawSheet({ ...SHEET, facts: [['Заявитель', 'ᏣᎳᎩ']] });
  expect(signsIn(pdf).filter((sign) => sign === 0)).toEqual([]);
  expect(questionMarksIn(pdf)).toBeGreaterThan(0);
});

test('long sheets go on to the next page, cells and facts keep together', async () => {
  const rows = Array.from({ length: 80 }, (_, n) => [`Документ ${n} с длинным названием`, 'показан', '1', '2']);
  const long = 'слово '.repeat(2_000);
  const pdf = await drawSheet({
    ...SHEET,
    paragraphs: [long],
    tables: [{ title: 'Документы', rows }],
    facts: [['Имя', long]],
  });
  expect(pagesIn(pdf)).toBeGreaterThan(4);
  expect(pagesIn(pdf)).toBeLessThan(15);
});

test('drawing takes next to nothing of the thread in which halls work, however many characters a name has', async () => {
  const sheet = { ...SHEET, facts: [['Заявитель', '王小明 李娜 张伟 欧阳']] as const };
  /** The work of this thread, in microseconds of the processor. */
  const workOf = async (draw: (sheet: Sheet) => Promise<Buffer>) => {
    await draw(SHEET);
    const before = process.threadCpuUsage();
    expect((await draw(sheet)).length).toBeGreaterThan(1_000);
    const { user, system } = process.threadCpuUsage(before);
    return user + system;
  };
  const here = await workOf(drawSheet);
  expect(await workOf(drawSheetApart)).toBeLessThan(here / 5);
});

test('a sheet that cannot be drawn is told so, and the next one is drawn', async () => {
  await expect(drawSheetApart({ ...SHEET, facts: 5 as never })).rejects.toThrow();
  expect((await drawSheetApart(SHEET)).subarray(0, 5).toString()).toBe('%PDF-');
});
