import type { Instant } from '../../../core/time/instant.ts';
import type { Asker } from '../../../core/access/asker.ts';

const CELL = { width: 420, height: 180 };
const ANGLE = -24;

/** What a mark says: who opened the scan, and when. */
export function wordsOfMark(asker: Asker, now: Instant): string {
  const who = asker.specialistId ?? asker.id ?? asker.kind;
  const when = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'short', timeZone: 'UTC' }).format(now);
  return `${who} · ${when} UTC`;
}

/**
 * A picture with a mark all over it, so that a photograph of the screen says whose it was. The picture itself is not touched; it is
 * inside of the drawing that browsers show.
 */
export function markedPicture(bytes: Buffer, contentType: string, mark: string): string {
  const words = escaped(mark);
  const { width, height } = CELL;
  const text = `x="12" y="${height / 2}" transform="rotate(${ANGLE} ${width / 2} ${height / 2})" font-family="sans-serif" font-size="20"`;
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%">',
    `<title>${words}</title>`,
    `<defs><pattern id="mark" width="${width}" height="${height}" patternUnits="userSpaceOnUse">`,
    `<text ${text} fill="#000" fill-opacity="0.28" stroke="#fff" stroke-opacity="0.35" stroke-width="0.6">${words}</text></pattern></defs>`,
    `<image width="100%" height="100%" preserveAspectRatio="xMidYMid meet" href="data:${contentType};base64,${bytes.toString('base64')}"/>`,
    '<rect width="100%" height="100%" fill="url(#mark)"/></svg>',
  ].join('');
}

const NAMED: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&apos;',
};

function escaped(text: string): string {
  return text.replaceAll(/[<>&"']/g, (sign) => NAMED[sign] ?? sign);
}
