import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawnIn, HEIC, pdfOf, photograph } from '../../../../tests/support/scans.ts';
import { examiner, openExaminer } from './examiner.ts';

async function kept(contentType: string, bytes: Buffer) {
  const examined = await examiner.examine(contentType, bytes);
  if (examined.kind === 'unfit') throw new Error(examined.fault);
  return { ...examined, bytes: Buffer.from(examined.bytes) };
}

const faultOf = async (contentType: string, bytes: Buffer) => {
  const examined = await examiner.examine(contentType, bytes);
  return examined.kind === 'unfit' ? examined.fault : null;
};

/** A PDF of one page with additional objects of our own; `more` is in its catalogue. */
function handMade(
  more: string,
  objects: readonly (string | Buffer)[] = [],
  contents = Buffer.from('0 0 m 9 9 l S'),
  pack = deflateSync as (bytes: Buffer) => Buffer,
): Buffer {
  const beginning = [
    '%PDF-1.7',
    `1 0 obj <</Type /Catalog /Pages 2 0 R ${more}>> endobj`,
    '2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj',
    '3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R>> endobj',
    '',
  ];
  return Buffer.concat([
    Buffer.from(beginning.join('\n')),
    stream(4, '/Filter /FlateDecode', pack(contents)),
    ...objects.map((one) => Buffer.from(one)),
    Buffer.from('trailer <</Root 1 0 R /Size 20>>\nstartxref\n0\n%%EOF\n'),
  ]);
}

function stream(number: number, head: string, bytes: Buffer): Buffer {
  const begin = `${number} 0 obj <<${head} /Length ${bytes.length}>>\nstream\n`;
  return Buffer.concat([Buffer.from(begin), bytes, Buffer.from('\nendstream endobj\n')]);
}

test.each(['jpeg', 'png', 'webp', 'tiff', 'avif'] as const)(
  'a photograph as %s is kept upright, and says neither where nor by whom it was taken',
  async (format) => {
    const brought = await photograph({ width: 90, height: 60 })
      .withExif({ IFD0: { Make: 'Secretphone', Artist: 'Ivanova' }, IFD3: { GPSLatitude: '55/1 45/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .toFormat(format)
      .toBuffer();
    const { bytes, contentType } = await kept(`image/${format}`, brought);
    const head = await sharp(bytes).metadata();
    expect(contentType).toBe(format === 'png' ? 'image/png' : 'image/jpeg');
    expect(head.exif).toBeUndefined();
    expect(head.xmp).toBeUndefined();
    expect(bytes.includes('Secretphone')).toBe(false);
    if (format !== 'avif') expect([head.width, head.height, head.orientation]).toEqual([60, 90, undefined]);
  },
);

test('what a telephone of Apple takes becomes a picture that every browser shows', async () => {
  const { contentType, bytes } = await kept('image/heic', HEIC);
  expect(contentType).toBe('image/jpeg');
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([96, 64]);
  // Blue on the left, red on the right.
  expect((data[2] as number) > (data[0] as number)).toBe(true);
  expect((data[95 * 3] as number) > (data[95 * 3 + 2] as number)).toBe(true);
});

const FAX = { compression: 'ccittfax4', bitdepth: 1 } as const;

test('a TIFF of one page becomes a picture, one of several a PDF with as many pages', async () => {
  const page = await photograph({ width: 70, height: 90 }).greyscale().png().toBuffer();
  const fax = await sharp(page).threshold(128).toColourspace('b-w').tiff(FAX).toBuffer();
  expect(await kept('image/tiff', fax)).toMatchObject({ contentType: 'image/png', pages: 1 });
  const several = await sharp([page, page, page], { join: { animated: true } })
    .tiff({ compression: 'lzw' })
    .toBuffer();
  const pdf = await kept('image/tiff', several);
  expect(pdf).toMatchObject({ contentType: 'application/pdf', pages: 3 });
  expect(await kept('application/pdf', pdf.bytes)).toMatchObject({ pages: 3 });
});

test.each(['jpeg', 'png', 'webp', 'tiff', 'heic', 'avif', 'pdf'])(
  'a %s that was cut off is not taken',
  async (format) => {
    const whole =
      format === 'pdf'
        ? await pdfOf(2)
        : format === 'heic'
          ? HEIC
          : await photograph({ width: 300, height: 300 })
              .toFormat(format as 'jpeg')
              .toBuffer();
    const type = format === 'pdf' ? 'application/pdf' : `image/${format}`;
    await kept(type, whole);
    for (const share of [0.3, 0.6, 0.9])
      expect(await faultOf(type, whole.subarray(0, Math.floor(whole.length * share)))).toBe('cut-off');
  },
);

test('a picture of too many points is refused before it is unpacked', async () => {
  const bomb = await photograph({ width: 8, height: 8 }).png().toBuffer();
  // Its head (IHDR) says 30,000 by 30,000 with a checksum of its own.
  bomb.writeUInt32BE(30_000, 16);
  bomb.writeUInt32BE(30_000, 20);
  bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
  expect(await faultOf('image/png', bomb)).toBe('too-heavy');
});

test('a PDF is kept byte by byte, with the number of its pages', async () => {
  const pdf = await pdfOf(3);
  const { bytes, pages } = await kept('application/pdf', pdf);
  expect(pages).toBe(3);
  expect(bytes.equals(pdf)).toBe(true);
  // A reader who may not print it may read it all the same.
  expect(await faultOf('application/pdf', await pdfOf(1, { ownerPassword: 'owner', pdfVersion: '1.7' }))).toBeNull();
});

test('a PDF that is locked, broken or without a page is not taken', async () => {
  for (const pdfVersion of ['1.3', '1.4', '1.6', '1.7', '1.7ext3'])
    expect(await faultOf('application/pdf', await pdfOf(1, { userPassword: 'secret', pdfVersion }))).toBe('locked');
  expect(await faultOf('application/pdf', Buffer.from('%PDF-1.7\nand nothing more\n%%EOF'))).toBe('broken');
  expect(
    await faultOf(
      'application/pdf',
      Buffer.from(
        '%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n2 0 obj <</Type /Pages /Kids [] /Count 0>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF',
      ),
    ),
  ).toBe('empty');
  const spoilt = deflateSync(Buffer.from('0 0 m '.repeat(500))).fill(0xff, 8, 14);
  const broken = handMade('', [], spoilt, (bytes) => bytes);
  expect(await faultOf('application/pdf', broken)).toBe('broken');
});

const packed = (text: string) =>
  stream(7, `/Type /ObjStm /N 1 /First ${'9 0 '.length} /Filter /FlateDecode`, deflateSync(Buffer.from(`9 0 ${text}`)));

test.each<[string, Buffer]>([
  ['a program when it is opened', handMade('/OpenAction <</S /JavaScript /JS (app.alert\\(1\\))>>')],
  ['a program by another object', handMade('/OpenAction 6 0 R', ['6 0 obj <</S /JavaScript /JS (x)>> endobj\n'])],
  ['a program in its names', handMade('/Names <</JavaScript <</Names [(a) 6 0 R]>>>>', ['6 0 obj <<>> endobj\n'])],
  ['a program whose name is written in numbers', handMade('/AA <</WC <</S /J#61vaScript /J#53 (x)>>>>')],
  ['a program in a packed object', handMade('/OpenAction 9 0 R', [packed('<</S /JavaScript /JS (x)>>')])],
  ['another program to start', handMade('/OpenAction <</S /Launch /F (calc.exe)>>')],
  ['a form that is sent away', handMade('/OpenAction <</S /SubmitForm /F (https://x.example)>>')],
  ['a form of XFA', handMade('/AcroForm <</XFA 6 0 R>>', ['6 0 obj <<>> endobj\n'])],
  ['another file', handMade('/Names <</EmbeddedFiles <</Names []>>>>')],
  ['a file on a page', handMade('', ['6 0 obj <</Type /Annot /Subtype /FileAttachment /FS <</EF <<>>>>>> endobj\n'])],
  ['an address to open', handMade('/OpenAction <</S /URI /URI (https://x.example)>>')],
  ['an address in names with numbers', handMade('/OpenAction <</S /#55RI /#55R#49 (https://x.example)>>')],
  ['another document to open', handMade('/OpenAction <</S /GoToR /F (x.pdf) /D [0 /Fit]>>')],
  ['a document inside to open', handMade('/OpenAction <</S /GoToE /T <<>>>>')],
  ['an action whose kind is another object', handMade('/OpenAction <</S 6 0 R>>', ['6 0 obj /Launch endobj\n'])],
  ['an action that nobody knows', handMade('/OpenAction <</S /Exec>>')],
  ['an address when a page opens', handMade('', ['6 0 obj <</AA <</O <</S /URI /URI (x)>>>>>> endobj\n'])],
  ['an address after another action', handMade('/OpenAction <</S /GoTo /Next [<</S /URI /URI (x)>>]>>')],
  ['a link in a packed object', handMade('', [packed('<</Subtype /Link /A <</S /GoToR /F (x.pdf)>>>>')])],
  ['what follows an action', handMade('/OpenAction <</S /GoTo /D [3 0 R /Fit] /Next <</S /Launch /F (x)>>>>')],
  ['a program when a page is left', handMade('', ['6 0 obj <</AA <</C <</S /JavaScript>>>>>> endobj\n'])],
  ['a stream in another file', handMade('', [stream(6, '/F (x.bin)', Buffer.from('x'))])],
  [
    'a program that a later object hides',
    handMade('/OpenAction 6 0 R', ['6 0 obj <</S /JavaScript /JS (x)>> endobj\n', '6 0 obj null endobj\n']),
  ],
  [
    'a program behind a string that ends an object',
    handMade('', ['6 0 obj <</T (endobj \\) stream\n) /S /Launch>> endobj\n', '6 0 obj null endobj\n']),
  ],
  [
    'a packed program that a later object hides',
    handMade('/OpenAction 9 0 R', [packed('<</S /JavaScript>>'), '9 0 obj null endobj\n']),
  ],
  ['a film', handMade('', ['6 0 obj <</Type /Annot /Subtype /RichMedia>> endobj\n'])],
])('a PDF with %s is not taken', async (_, pdf) => {
  expect(await faultOf('application/pdf', pdf)).toBe('active');
});

test.each([
  ['opens at a page', handMade('/OpenAction [3 0 R /Fit]')],
  ['opens at a page by an action', handMade('/OpenAction <</S /GoTo /D [3 0 R /Fit]>>')],
  ['has a table of contents', handMade('', ['6 0 obj <</Title (a) /A <</S /GoTo /D [3 0 R /Fit]>>>> endobj\n'])],
  ['has a link on its page', handMade('', ['6 0 obj <</Subtype /Link /A <</S /URI /URI (x)>>>> endobj\n'])],
  ['has a base for its links', handMade('/URI <</Base (https://x.example)>>')],
  ['speaks of such things', handMade('', ['6 0 obj <</Title (/S /Launch /JavaScript /URI)>> endobj\n'])],
  ['has a border and a structure', handMade('', ['6 0 obj <</BS <</S /S>> /A <</O /Layout>>>> endobj\n'])],
])('a PDF that %s is taken', async (_, pdf) => {
  expect(await faultOf('application/pdf', pdf)).toBeNull();
});

test('a PDF of a size that no sheet has, or with nothing on its pages, is not taken', async () => {
  const tiny = Buffer.from(handMade('').toString('latin1').replace('[0 0 200 200]', '[0 0 1 1]'), 'latin1');
  expect(await faultOf('application/pdf', tiny)).toBe('too-small');
  for (const nothing of ['', '0 0 m', 'q 1 0 0 1 0 0 cm Q'])
    expect(await faultOf('application/pdf', handMade('', [], Buffer.from(nothing)))).toBe('blank');
});

const oneShade = (background: string, alpha = 1) =>
  sharp({ create: { width: 600, height: 800, channels: 4, background } }).ensureAlpha(alpha);

test.each([
  ['one pixel', 'too-small', () => photograph({ width: 1, height: 1 })],
  ['a strip', 'too-small', () => photograph({ width: 2_000, height: 8 })],
  ['a white sheet', 'blank', () => oneShade('#ffffff')],
  ['a black sheet', 'blank', () => oneShade('#000000')],
  ['nothing at all', 'blank', () => oneShade('#00000000', 0)],
  ['a white sheet with grain', 'blank', () => grain(600, 800)],
] as const)('a picture of %s is not taken: %s', async (_, fault, make) => {
  for (const format of ['png', 'jpeg', 'tiff', 'webp'] as const)
    expect(await faultOf(`image/${format}`, await make().toFormat(format).toBuffer())).toBe(fault);
});

/** An empty sheet as a scanner sees it: almost white, with grain. */
function grain(width: number, height: number) {
  return sharp({
    create: {
      width: width * 4,
      height: height * 4,
      channels: 3,
      background: '#ffffff',
      noise: { type: 'gaussian', mean: 240, sigma: 4 },
    },
  });
}

test('a sheet with a signature only, and an empty back of a full sheet, are taken', async () => {
  const signature = { create: { width: 120, height: 6, channels: 3, background: '#223366' } } as const;
  const signed = await grain(600, 800)
    .composite([{ input: signature, left: 300, top: 2_000 }])
    .jpeg()
    .toBuffer();
  await kept('image/jpeg', signed);
  const full = await photograph({ width: 300, height: 400 }).png().toBuffer();
  const back = await sharp({ create: { width: 300, height: 400, channels: 3, background: '#ffffff' } })
    .png()
    .toBuffer();
  const both = await sharp([full, back], { join: { animated: true } })
    .tiff()
    .toBuffer();
  expect(await kept('image/tiff', both)).toMatchObject({ pages: 2 });
});

const LARGE = Buffer.alloc(300 * 1_048_576, '0 0 m ');

test.each<[string, () => Buffer]>([
  ['what it draws', () => handMade('', [], LARGE)],
  [
    'a stream that calls itself a picture',
    () =>
      handMade('', [stream(6, '/Subtype /Image /Filter /FlateDecode /Type /ObjStm /N 1 /First 4', deflateSync(LARGE))]),
  ],
  [
    'its objects',
    () => handMade('', [stream(6, '/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', deflateSync(LARGE))]),
  ],
  [
    'objects under a name in numbers',
    () => handMade('', [stream(6, '/Type /Obj#53tm /N 1 /First 4 /Filter /Fl#61teDecode', deflateSync(LARGE))]),
  ],
  [
    'all of many streams',
    () =>
      handMade(
        '',
        Array.from({ length: 12 }, (_, n) =>
          stream(6 + n, '/Filter /FlateDecode', deflateSync(LARGE.subarray(0, 20 * 1_048_576))),
        ),
      ),
  ],
])('a PDF is refused when %s becomes much when unpacked', async (_, make) => {
  expect(await faultOf('application/pdf', make())).toBe('too-heavy');
});

test('objects that are packed twice are not unpacked', async () => {
  const twice = deflateSync(deflateSync(LARGE));
  const pdf = handMade('', [stream(6, '/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode]', twice)]);
  expect(await faultOf('application/pdf', pdf)).toBe('broken');
});

test('a process that takes too long or too much is ended, says so, and the next file is looked into', async () => {
  const large = await photograph({ width: 2_000, height: 2_000 }).jpeg().toBuffer();
  for (const bounds of [{ workMs: 1 }, { patienceMs: 1 }]) {
    const hurried = openExaminer({ workMs: 60_000, patienceMs: 60_000, memoryMib: 1_024, ...bounds });
    expect(await hurried.examine('image/jpeg', large)).toEqual({ kind: 'unfit', fault: 'too-heavy' });
  }
  const poor = openExaminer({ workMs: 60_000, patienceMs: 60_000, memoryMib: 20 });
  expect(await poor.examine('image/jpeg', large)).toEqual({ kind: 'unfit', fault: 'too-heavy' });
  expect(await poor.mark(await pdfOf(40), 'x')).toBe('too-heavy');
  expect(await kept('image/heic', HEIC)).toMatchObject({ pages: 1 });
});

const WORDS = 'specialist-7 · 2026-02-19 10:00 UTC';
/** How often what is drawn most often is drawn: the mark, which is there again and again on each page. */
const drawsOf = (pdf: Buffer) => {
  const times = new Map<string, number>();
  for (const [, hex = ''] of drawnIn(pdf).matchAll(/<([\da-f]{16,})> Tj/gi)) times.set(hex, (times.get(hex) ?? 0) + 1);
  return Math.max(0, ...times.values());
};

test.each([
  ['Russian', 'Щёголева Анна Юрьевна · 19.02.2026 13:00'],
  ['Kazakh and Georgian', 'Әбдіқадырова Ғалия, გიორგი'],
])('a mark in %s is drawn by faces that have its characters', async (_, words) => {
  const pdf = (await examiner.mark(await pdfOf(1), words)) as Buffer;
  expect(drawsOf(pdf)).toBeGreaterThanOrEqual(12);
  // The number 0 is the box of a sign that a face does not have.
  for (const [, hex = ''] of drawnIn(pdf).matchAll(/<([\da-f]{16,})> Tj/gi))
    expect(hex.match(/.{4}/g)).not.toContain('0000');
});

test('every page of a PDF bears the mark, all over, and keeps its contents', async () => {
  const one = (await examiner.mark(await pdfOf(1), WORDS)) as Buffer;
  const three = (await examiner.mark(await pdfOf(3), WORDS)) as Buffer;
  expect(drawsOf(one)).toBeGreaterThanOrEqual(12);
  expect(drawsOf(three)).toBeGreaterThanOrEqual(36);
  expect(drawnIn(three)).toContain(Buffer.from('page 3 of').toString('hex').slice(0, 8));
});

test('what may be read without a password bears the mark too; what is locked or broken gives nothing', async () => {
  const open = await examiner.mark(await pdfOf(1, { ownerPassword: 'owner', pdfVersion: '1.7' }), WORDS);
  expect(Buffer.isBuffer(open) ? drawsOf(open) : 0).toBeGreaterThanOrEqual(12);
  expect(await examiner.mark(await pdfOf(1, { userPassword: 'secret' }), WORDS)).toBeNull();
  expect(await examiner.mark(Buffer.from('%PDF-1.7 and nothing more'), WORDS)).toBeNull();
});
