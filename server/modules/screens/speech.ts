import type { FastifyInstance } from 'fastify';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { speechContract } from '../../../contract/media.ts';
import { announcement } from '../../../core/language/spoken.ts';
import { serve } from '../../platform/serve.ts';
import { joinWaves } from './waves.ts';

/** How the server speaks: with the centre's own recordings, with a program, or not at all. */
export interface Speech {
  /** A folder with `ru` and `en`, in each a WAV file for every word: `вэ.wav`, `сто.wav`, `окно.wav`. */
  readonly recordings: string | null;
  /** A program that speaks like espeak-ng: `PROGRAM -v ru --stdout`, the text on its standard input. */
  readonly program: string | null;
}

const SPEAK_MS = 5_000;
const KEPT_MAX = 300;
const NUMBER = /^[АВГДЕЖИКЛМНПРСТУФХЦШЭЮЯ]{1,2}\d{3}$/;

/** The program of this machine that speaks; null where there is none. */
export function installedSpeaker(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, 'espeak-ng')).find((path) => existsSync(path)) ?? null;
}

/** `GET /api/speech?language=ru&number=В142&windowId=7`: an announcement as a WAV file; nothing (204) where nobody speaks. */
export function speechRoutes(app: FastifyInstance, speech: Speech): void {
  const kept = new Map<string, Promise<Buffer | null>>();
  let speaking: Promise<unknown> = Promise.resolve();
  const spoken = (text: string, language: 'ru' | 'en'): Promise<Buffer | null> => {
    const name = `${language} ${text}`;
    const known = kept.get(name);
    if (known !== undefined) return known;
    if (kept.size >= KEPT_MAX) kept.delete([...kept.keys()][0] ?? '');
    // One after another: a busy morning must not start thirty programs.
    const made = speaking.then(() => speak(speech, text, language));
    speaking = made.catch(() => undefined);
    kept.set(name, made);
    made.catch(() => kept.delete(name));
    return made;
  };

  serve(app, speechContract, {
    'GET /api/speech': async ({ query }, reply) => {
      const { language, number = '', windowId = '' } = query;
      if ((language !== 'ru' && language !== 'en') || !NUMBER.test(number) || !/^[1-9]\d{0,2}$/.test(windowId))
        return reply.code(204).send();
      const found = await spoken(announcement(number, Number(windowId), language), language).catch(() => null);
      if (found === null) return reply.code(204).send();
      return reply.type('audio/wav').header('cache-control', 'public, max-age=86400').send(found);
    },
  });
}

async function speak({ recordings, program }: Speech, text: string, language: string): Promise<Buffer | null> {
  if (recordings !== null) {
    const words = text.replaceAll(',', '').split(/[ -]/);
    const files = words.map((word) => join(recordings, language, `${word.toLowerCase()}.wav`));
    if (files.every((file) => existsSync(file)))
      return joinWaves(await Promise.all(files.map((file) => readFile(file))));
  }
  return program === null ? null : saidBy(program, text, language);
}

function saidBy(program: string, text: string, language: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['-v', language === 'ru' ? 'ru' : 'en', '-s', '150', '--stdout'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: SPEAK_MS,
    });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('error', reject);
    child.stdin.on('error', () => undefined);
    child.on('close', (code) =>
      code === 0 && parts.length > 0 ? resolve(Buffer.concat(parts)) : reject(new Error('the speaker failed')),
    );
    child.stdin.end(text);
  });
}
