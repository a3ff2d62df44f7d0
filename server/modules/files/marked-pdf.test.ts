import { once } from 'node:events';
import { inflateSync } from 'node:zlib';
import PDFKit from 'pdfkit';
import { expect, test } from 'vitest';
import { markedPdf } from './marked-pdf.ts';

const WORDS = 'specialist-7 · 2026-02-19 10:00 UTC';

async function pdfOf(pages: number, options: object = {}): Promise<Buffer> {
  const document = new PDFKit({ autoFirstPage: false, ...options });
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  for (let page = 1; page <= pages; page += 1)
    document.addPage({ size: 'A4', layout: page % 2 === 0 ? 'landscape' : 'portrait' }).text(`page ${page} of a scan`);
  document.end();
  await once(document, 'end');
  return Buffer.concat(parts);
}

/** What the streams of a PDF draw, as text. */
function drawnIn(pdf: Buffer): string {
  const text = pdf.toString('latin1');
  return Array.from(text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g), ([, stream = '']) => {
    try {
      return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1');
    } catch {
      return stream;
    }
  }).join('\n');
}

const drawsOf = (pdf: Buffer) => {
  const hex = Buffer.from(WORDS, 'latin1').toString('hex').toUpperCase();
  return drawnIn(pdf).split(`<${hex}>`).length - 1;
};

test('every page of a PDF bears the mark, all over, and keeps what stood on it', async () => {
  const one = (await markedPdf(await pdfOf(1), WORDS)) as Buffer;
  const three = (await markedPdf(await pdfOf(3), WORDS)) as Buffer;
  expect(drawsOf(one)).toBeGreaterThanOrEqual(12);
  expect(drawsOf(three)).toBeGreaterThanOrEqual(36);
  expect(drawnIn(three)).toContain(Buffer.from('page 3 of').toString('hex').slice(0, 8));
});

test('what may be read without a password bears the mark too; what is locked or broken gives nothing', async () => {
  const open = await markedPdf(await pdfOf(1, { ownerPassword: 'owner', pdfVersion: '1.7' }), WORDS);
  expect(open === null ? 0 : drawsOf(open)).toBeGreaterThanOrEqual(12);
  expect(await markedPdf(await pdfOf(1, { userPassword: 'secret' }), WORDS)).toBeNull();
  expect(await markedPdf(Buffer.from('%PDF-1.7 and nothing more'), WORDS)).toBeNull();
});
