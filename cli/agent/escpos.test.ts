import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { escpos } from './escpos.ts';

type Printed = { readonly text: string } | { readonly width: number; readonly height: number; readonly ink: number };

/** The decoder of the platform, which knows nothing of the encoder that we print with. */
const cp866 = new TextDecoder('ibm866');
const KNOWN_HEADS: Readonly<Record<string, number>> = {
  '1b40': 2,
  '1c2e': 2,
  '1b74': 3,
  '1b61': 3,
  '1d21': 3,
  '1d56': 4,
};

/** What a printer makes of the bytes: lines of its own letters, and pictures. Throws for a command that it would not know. */
function printed(bytes: Buffer): Printed[] {
  const lines: Printed[] = [];
  let text: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const head = bytes.toString('hex', at, at + 2);
    if (head === '1d76') {
      const [width, height] = [bytes.readUInt16LE(at + 4), bytes.readUInt16LE(at + 6)];
      const dots = bytes.subarray(at + 8, at + 8 + width * height);
      lines.push({ width: width * 8, height, ink: dots.reduce((sum, byte) => sum + (byte === 0 ? 0 : 1), 0) });
      at += 8 + width * height;
    } else if (head === '1d28') at += 5 + bytes.readUInt16LE(at + 3);
    else if (KNOWN_HEADS[head] !== undefined) at += KNOWN_HEADS[head];
    else if (bytes[at] === 0x0a) {
      if (text.length > 0) lines.push({ text: cp866.decode(Uint8Array.from(text)) });
      text = [];
      at += 1;
    } else {
      if ((bytes[at] as number) < 0x20) throw new Error(`a command in a text: ${head}`);
      text.push(bytes[at] as number);
      at += 1;
    }
  }
  return lines;
}

const paper = (...texts: string[]) => ({
  lines: texts.map((text) => ({ text, size: 'plain' as const, centred: true })),
  qr: 'https://okno.example/v#abc',
});

test('the printer is taken out of Chinese before the first letter, and set to Cyrillic', async () => {
  const bytes = await escpos(paper('Паспорта'));
  expect(bytes.subarray(0, 7)).toEqual(Buffer.from([0x1b, 0x40, 0x1c, 0x2e, 0x1b, 0x74, 17]));
});

test.each(['П041', 'Окно № 3', 'Ёлка, ўзбек'])('“%s” is set in the printer’s own letters', async (text) => {
  expect(printed(await escpos(paper(text)))).toEqual([{ text }]);
});

test.each([
  'Ожидание 10–15 минут',
  'Центр «Мои документы»',
  'Qogʻozsiz: raqam telefonda',
  'Қазақстан, ғ, ң, ү, ұ, һ, і, ә',
  'Кыргызча ө ү ң',
  'Тоҷикӣ ғ қ ҳ ҷ ӯ',
  'Əliyev Şəhriyar Ğ ı',
  'Türkmençe ž ň ý',
  'Հայաստան',
  'საქართველო',
  'Nguyễn Thị Ánh',
  '王小明',
  'محمد',
  'Окно 3 → зал Б',
])('“%s” is drawn, because the code page has it not whole', async (text) => {
  const lines = printed(await escpos(paper(text)));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    if ('text' in line) throw new Error(`set as ${line.text}`);
    expect(line.ink).toBeGreaterThan(line.width / 8);
    expect(line.width).toBeLessThanOrEqual(384);
  }
});

/** Every sentence of the kiosk, those with a number in them too. */
function sentencesOf(words: unknown): string[] {
  if (typeof words === 'string') return [words];
  if (typeof words === 'function') {
    try {
      return sentencesOf((words as (...given: unknown[]) => unknown)(5, 15, 3));
    } catch {
      return [];
    }
  }
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(sentencesOf) : [];
}

const KIOSK = new URL('../../web/kiosk/messages/', import.meta.url);
const languages = readdirSync(fileURLToPath(KIOSK)).filter((name) => /^[a-z]{2}\.ts$/.test(name));

test.each(languages)('every sentence of the kiosk can be printed in “%s” without a question mark', async (language) => {
  const words = (await import(new URL(language, KIOSK).pathname)) as unknown;
  const sentences = sentencesOf({ ...(words as object) }).filter((text) => text.trim() !== '');
  expect(sentences.length).toBeGreaterThan(20);
  for (const sentence of sentences)
    for (const line of printed(await escpos(paper(sentence))))
      if ('text' in line) expect(line.text).toBe(sentence.replaceAll(/\s/g, ' '));
});

test('no text commands the printer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), async (text) => {
      printed(await escpos(paper(text, 'a\u001b@\u0010b')));
    }),
    { numRuns: 60 },
  );
  expect(printed(await escpos(paper('a\u001b@\u0010b')))).toEqual([{ text: 'a@b' }]);
});
