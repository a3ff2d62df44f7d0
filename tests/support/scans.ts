import { once } from 'node:events';
import { inflateSync } from 'node:zlib';
import PDFKit from 'pdfkit';
import sharp, { type Sharp } from 'sharp';

/** A picture with grain, as cameras make them, so that no format packs it to nothing. */
export function photograph({ width, height }: { readonly width: number; readonly height: number }): Sharp {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#336699', noise } });
}

/** A PDF as an office program writes it. */
export async function pdfOf(pages: number, options: object = {}): Promise<Buffer> {
  const document = new PDFKit({ autoFirstPage: false, ...options });
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  for (let page = 1; page <= pages; page += 1)
    document.addPage({ size: 'A4', layout: page % 2 === 0 ? 'landscape' : 'portrait' }).text(`page ${page} of a scan`);
  document.end();
  await once(document, 'end');
  return Buffer.concat(parts);
}

/** How many pages a PDF says it has. */
export function pagesIn(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
}

/** What the streams of a PDF draw, as text. */
export function drawnIn(pdf: Buffer): string {
  const text = pdf.toString('latin1');
  return Array.from(text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g), ([, stream = '']) => {
    try {
      return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1');
    } catch {
      return stream;
    }
  }).join('\n');
}

/** 96 points by 64, blue on the left and red on the right, packed by HEVC as telephones do it (made with `heif-enc`). */
export const HEIC = Buffer.from(
  [
    'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAkVtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAA',
    'AAAAABAAAANGlsb2MAAAAAREAAAgABAAAAAAJpAAEAAAAAAAAAKAACAAAAAAKRAAEAAAAAAAAAEwAAADhpaW5mAAAAAAACAAAAFWluZmUCAAAA',
    'AAEAAGh2YzEAAAAAFWluZmUCAAAAAAIAAGh2YzEAAAABhGlwcnAAAAFfaXBjbwAAAHhodmNDAQNwAAAAAAAAAAAAHvAA/P34+AAADwMgAAEAGE',
    'ABDAH//wNwAAADAJAAAAMAAAMAHroCQCEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoDCBBZbqSSmubgQEDAgAAAMACAAAAwAIQCIAAQAHRAHBcrAi',
    'QAAAABRpc3BlAAAAAAAAAGAAAABAAAAAEHBpeGkAAAAAAwgICAAAAHJodmNDAQQIAAAAAAAAAAAAHvAA/Pz4+AAADwMgAAEAF0ABDAH//wQIAA',
    'ADAJ/4AAADAAAeugJAIQABACZCAQEECAAAAwCf+AAAAwAAHsDCBBZbqSSmubAgAAADACAAAAMAISIAAQAHRAHBcrAiQAAAABRpc3BlAAAAAAAA',
    'AGAAAABAAAAADnBpeGkAAAAAAQgAAAAnYXV4QwAAAAB1cm46bXBlZzpoZXZjOjIwMTU6YXV4aWQ6MQAAAAAdaXBtYQAAAAAAAAACAAEDgQKDAA',
    'IEhAWGhwAAABppcmVmAAAAAAAAAA5hdXhsAAIAAQABAAAAQ21kYXQAAAAkKAGvGYD3fIU3//xeLEfUBO/Xgu0+F4c+f7Wj541YgB7HSv/gAAAA',
    'DygBrjPisOD2n6KOcM0I8A==',
  ].join(''),
  'base64',
);
