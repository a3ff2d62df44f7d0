import { announcement } from '../../core/language/spoken.ts';
import { audio, maySound, playTones, type Tone } from '../shared/sound.ts';

/** A call to be said aloud. */
export interface Said {
  readonly number: string;
  readonly windowId: number;
  /** When it was called, by the server's clock. */
  readonly at: number;
}

export interface AnnouncerSetting {
  readonly languages: readonly ('ru' | 'en')[];
  readonly chime: boolean;
  /** Told what is said now; null: nothing. */
  readonly saying: (said: Said | null) => void;
}

/** Says calls one after another, never two at once. */
export interface Announcer {
  say(said: Said): void;
  close(): void;
}

/** With so many calls waiting, only the first language is spoken: being late is worse than being short. */
const CROWDED = 3;
const SPOKEN_MS_MAX = 12_000;
const SILENT_MS = 2_500;

export function openAnnouncer(setting: AnnouncerSetting): Announcer {
  let speaking = false;
  let closed = false;
  const queue: Said[] = [];
  const work = async () => {
    speaking = true;
    for (let said = queue.shift(); said !== undefined && !closed; said = queue.shift()) {
      setting.saying(said);
      await sayWhole(said, setting, queue.length);
    }
    speaking = false;
    setting.saying(null);
  };
  return {
    say: (said) => {
      const before = queue.findIndex(({ number }) => number === said.number);
      if (before >= 0) queue.splice(before, 1);
      queue.push(said);
      if (!speaking) void work();
    },
    close: () => {
      closed = true;
      queue.length = 0;
      globalThis.speechSynthesis?.cancel();
    },
  };
}

async function sayWhole(said: Said, { languages, chime }: AnnouncerSetting, behind: number): Promise<void> {
  if (chime) await playChime();
  const spoken = behind >= CROWDED ? languages.slice(0, 1) : languages;
  let heard = false;
  for (const language of spoken) heard = (await speak(said, language)) || heard;
  if (!heard) await pause(SILENT_MS);
}

/** With the browser's voice, else with what the server says; false where neither speaks. */
async function speak({ number, windowId }: Said, language: 'ru' | 'en'): Promise<boolean> {
  const voice = globalThis.speechSynthesis?.getVoices().find(({ lang }) => lang.toLowerCase().startsWith(language));
  if (voice !== undefined) {
    const words = new SpeechSynthesisUtterance(announcement(number, windowId, language));
    Object.assign(words, { voice, lang: voice.lang, rate: 0.95 });
    return ended((done, failed) => {
      words.addEventListener('end', done);
      words.addEventListener('error', failed);
      speechSynthesis.speak(words);
    });
  }
  return playServerSpeech(number, windowId, language);
}

/** Languages in which the server said that it does not speak: it is not asked again at every call. */
const mute = new Set<string>();

async function playServerSpeech(number: string, windowId: number, language: string): Promise<boolean> {
  if (mute.has(language)) return false;
  const asked = new URLSearchParams({ language, number, windowId: String(windowId) });
  const answer = await fetch(`/api/speech?${asked}`).catch(() => null);
  if (answer?.status === 204) mute.add(language);
  if (answer?.status !== 200) return false;
  const context = audio();
  if (context === null) return false;
  const sound = await context.decodeAudioData(await answer.arrayBuffer()).catch(() => null);
  if (sound === null) return false;
  return ended((done) => {
    const source = new AudioBufferSourceNode(context, { buffer: sound });
    source.connect(context.destination);
    source.addEventListener('ended', done);
    source.start();
  });
}

/** Two soft tones, the second lower: heard over a hall, and no alarm. */
const CHIME: readonly Tone[] = [
  { hertz: 784, at: 0, lasts: 0.75 },
  { hertz: 587, at: 0.28, lasts: 0.75 },
];
const CHIME_MS = 900;

async function playChime(): Promise<void> {
  if (!maySound()) return;
  playTones(CHIME);
  await pause(CHIME_MS);
}

/** True when it ended, false when it failed; never longer than an announcement may take. */
function ended(begin: (done: () => void, failed: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), SPOKEN_MS_MAX);
    const settle = (heard: boolean) => () => {
      clearTimeout(timer);
      resolve(heard);
    };
    begin(settle(true), settle(false));
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
