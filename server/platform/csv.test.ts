import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvOf } from '../../core/tables/csv.ts';
import { CsvFault, readCsv } from './csv.ts';
import { decodeText } from './text-encoding.ts';

const TABLE = 'group;name_ru;name_en\r\nПаспорта;Паспорт (14 лет);First passport\r\nНалоги;ИНН — №1;Tax number\r\n';
const ROWS = [
  { group: 'Паспорта', name_ru: 'Паспорт (14 лет)', name_en: 'First passport' },
  { group: 'Налоги', name_ru: 'ИНН — №1', name_en: 'Tax number' },
];

const cp1251 = (text: string) => {
  const table = new TextDecoder('windows-1251').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return Uint8Array.from([...text], (sign) => table.indexOf(sign));
};
const utf16le = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));
const utf16be = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16());

const encodings: readonly (readonly [string, (text: string) => Uint8Array])[] = [
  ['UTF-8', (text) => new TextEncoder().encode(text)],
  ['UTF-8 with a mark', (text) => new TextEncoder().encode(`\uFEFF${text}`)],
  ['UTF-16 LE with a mark', (text) => utf16le(`\uFEFF${text}`)],
  ['UTF-16 BE with a mark', (text) => utf16be(`\uFEFF${text}`)],
  ['UTF-16 LE', utf16le],
  ['UTF-16 BE', utf16be],
  ['Windows-1251', cp1251],
];
const separators = [',', ';', '\t'];

test.each(encodings)('a table in %s is read, whatever separates its cells and ends its lines', (_, encode) => {
  for (const separator of separators)
    for (const end of ['\r\n', '\n', '\r']) {
      const text = TABLE.replaceAll(';', separator).replaceAll('\r\n', end);
      expect(readCsv(encode(text)).map(({ fields }) => fields)).toEqual(ROWS);
      const told = `sep=${separator}${end}${text}`;
      expect(readCsv(encode(told)).map(({ fields }) => fields)).toEqual(ROWS);
    }
});

test('what a spreadsheet adds does no harm: capitals, spaces, empty rows and columns, kept numbers', () => {
  const text =
    ' GROUP ;Name RU;\u00A0name-en;;\r\n;;;;\r\n\u00A0Паспорта ; Паспорт\u00A0РФ ;="007";;\r\n\r\n"a;b";"он ""сам""";\'=1+1\r\n';
  expect(readCsv(text)).toEqual([
    { line: 3, fields: { group: 'Паспорта', name_ru: 'Паспорт РФ', name_en: '007' } },
    { line: 5, fields: { group: 'a;b', name_ru: 'он "сам"', name_en: '=1+1' } },
  ]);
});

test('what is copied out of a spreadsheet keeps its quotation marks and lines within cells', () => {
  const pasted = 'login\tname\nivanova\tООО "Ромашка" и Ко\npetrov\t"в две\nстроки"\n';
  expect(readCsv(pasted).map(({ line, fields }) => [line, fields['name']])).toEqual([
    [2, 'ООО "Ромашка" и Ко'],
    [4, 'в две\nстроки'],
  ]);
});

const koi8 = (text: string) => {
  const table = new TextDecoder('koi8-r').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return Uint8Array.from([...text], (sign) => table.indexOf(sign));
};
const dos = (text: string) => {
  const table = new TextDecoder('ibm866').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return Uint8Array.from([...text], (sign) => table.indexOf(sign));
};

const unreadable: readonly (readonly [string, string | Uint8Array, number, RegExp])[] = [
  ['lost signs', 'a;b\nx;\uFFFD\uFFFDy\n', 2, /signs that cannot be read.*CSV UTF-8/],
  ['KOI8-R', koi8('a;b\nПаспорта граждан;Выдача документов\n'), 2, /encoding that is not known/],
  ['DOS', dos('a;b\nПаспорта граждан;Выдача документов\n'), 2, /encoding that is not known/],
  [
    'damaged UTF-8',
    Buffer.concat([Buffer.from('a;b\nПаспорта;x\nНал'), Buffer.from([0xd0]), Buffer.from(';y\n')]),
    3,
    /cannot be read/,
  ],
  ['zeros', 'a;b\nx;\0\n', 2, /cannot be read/],
  ['an open quotation mark', 'a;b\n"x;y\n', 2, /never closed/],
  ['too many cells', 'a;b\nx;y;z\n', 2, /3 cells, and there are 2 columns/],
  ['a column twice', 'a;A\nx;y\n', 1, /“a” is there twice/],
];
test.each(unreadable)('%s is refused with the line and a sentence', (_, source, line, says) => {
  let fault: unknown;
  try {
    readCsv(source);
  } catch (error) {
    fault = error;
  }
  expect(fault).toBeInstanceOf(CsvFault);
  expect((fault as CsvFault).line).toBe(line);
  expect((fault as CsvFault).message).toMatch(says);
});

test('what we write we read, in every encoding, and no byte makes anything else than a fault', () => {
  const cell = fc.stringMatching(/^[А-Яа-яA-Za-z0-9 =+,;"№-]{0,12}$/);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell), { minLength: 1 }),
      fc.constantFrom(',' as const, ';' as const),
      (rows, separator) => {
        const kept = rows.map((row) => row.map((one) => one.trim()));
        const read = readCsv(csvOf(['a', 'b'], kept, separator)).map(({ fields }) => [fields['a'], fields['b']]);
        const wanted = kept.filter((row) => row.some((one) => one !== ''));
        expect(read.map((row) => row.map((one) => one?.replace(/^="(.*)"$/s, '$1')))).toEqual(
          wanted.map((row) => row.map((one) => one.replace(/^="(.*)"$/s, '$1'))),
        );
      },
    ),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        readCsv(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(CsvFault);
      }
    }),
  );
  expect(decodeText(new Uint8Array())).toBe('');
});
