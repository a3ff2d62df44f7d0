import { spawn } from 'node:child_process';
import { fetchFrom } from './server.ts';

/** A call to be said aloud in the hall. */
interface Said {
  readonly number: string;
  readonly windowId: number;
}

/** Says calls one after another through a program of the machine, such as `aplay -q -`. */
export interface Speaker {
  say(said: Said): void;
  close(): void;
}

interface SpeakerSetting {
  readonly url: string;
  /** The program with its options; it is given a WAV file on its standard input. */
  readonly command: string;
  /** In which languages calls are said, one after another; asked for again at every call. */
  languages(): Promise<readonly string[]>;
  failed(message: string): void;
}

const ANSWER_MS = 10_000;
const PLAY_MS = 15_000;
/** With more than this waiting, the oldest are on the board anyway and are not said any more. */
const WAITING_MAX = 5;

export function openSpeaker({ url, command, languages, failed }: SpeakerSetting): Speaker {
  const queue: Said[] = [];
  let speaking = false;
  const work = async () => {
    speaking = true;
    for (let said = queue.shift(); said !== undefined; said = queue.shift()) {
      try {
        for (const language of await languages()) await sayIn(url, command, said, language);
      } catch (error) {
        failed((error as Error).message);
      }
    }
    speaking = false;
  };
  return {
    say: (said) => {
      queue.push(said);
      queue.splice(0, Math.max(0, queue.length - WAITING_MAX));
      if (!speaking) void work();
    },
    close: () => void queue.splice(0),
  };
}

/** What the server says is played to its end. Where the server does not speak, nothing is. */
async function sayIn(url: string, command: string, { number, windowId }: Said, language: string): Promise<void> {
  const asked = new URLSearchParams({ language, number, windowId: String(windowId) });
  const answer = await fetchFrom(url, `/api/speech?${asked}`, { signal: AbortSignal.timeout(ANSWER_MS) });
  if (answer.status === 200) await play(command, Buffer.from(await answer.arrayBuffer()));
}

function play(command: string, wave: Buffer): Promise<void> {
  const [program = '', ...options] = command.split(' ').filter(Boolean);
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, { stdio: ['pipe', 'ignore', 'ignore'], timeout: PLAY_MS });
    child.on('error', (error) => reject(new Error(`${program} could not be started: ${error.message}`)));
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}`))));
    child.stdin.on('error', () => undefined);
    child.stdin.end(wave);
  });
}
