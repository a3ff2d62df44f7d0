import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Paper } from '../../contract/printing.ts';
import type { ScreenSettings } from '../../contract/screens.ts';
import { readOptions, UsageError } from '../options.ts';
import { type Device, openDevice } from './device.ts';
import { type HallThing, listenToHall } from './hall-listener.ts';
import { openLedLine } from './led.ts';
import { print } from './printer.ts';
import { openScanFolder } from './scan-folder.ts';
import { fetchFrom, jsonFrom } from './server.ts';
import { openRepeater } from './screens/repeater.ts';
import { openScreens } from './screens/screens.ts';
import { openCache } from './screens/cache.ts';
import { openSpeaker } from './speaker.ts';

const ASK_EVERY_MS = 1_000;
const RETRY_MS = 3_000;
const CALLS_SHOWN = 3;

/**
 * The program that runs in a centre. It calls the server; nothing calls it. Prints tickets, runs the line of lights,
 * says calls aloud, brings what scanners put into a folder, and hands boards and kiosks on to the screens of the hall.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = readOptions(
    args,
    {
      url: { type: 'string' },
      folder: { type: 'string' },
      printer: { type: 'string' },
      led: { type: 'string' },
      speaker: { type: 'string' },
      scans: { type: 'string' },
      screens: { type: 'string' },
    },
    0,
  );
  if (values.url === undefined) throw new UsageError('name the server: --url https://okno.example.org');
  if (!/^https?:$/.test(URL.parse(values.url)?.protocol ?? ''))
    throw new UsageError(`--url must be an address such as https://okno.example.org, not “${values.url}”`);
  if (values.scans !== undefined && !existsSync(values.scans))
    throw new UsageError(`--scans must name a folder that is there, not “${values.scans}”`);
  const url = values.url.replace(/\/$/, '');
  const folder = values.folder ?? join(process.cwd(), 'okno-agent');
  const device = await openDevice(url, folder);
  if (device.centreId === null) await pair(device);
  const centreId = device.centreId as number;
  console.log(`The agent of centre ${centreId} works.`);
  let going = true;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => (going = false));
  const things = [
    ...(values.led === undefined ? [] : [lights(placeOf('led', values.led))]),
    ...(values.speaker === undefined ? [] : [voice(url, centreId, values.speaker)]),
    ...(values.screens === undefined ? [] : [await screens(url, centreId, folder, placeOf('screens', values.screens))]),
  ];
  const stopListening = things.length === 0 ? () => undefined : listenToHall(url, centreId, things);
  const again = async (work: () => Promise<unknown>) => {
    while (going) {
      await work().catch(async (error: Error) => {
        console.error(error.message);
        await pause(RETRY_MS);
      });
      await pause(ASK_EVERY_MS);
    }
  };
  // Side by side: a heavy scan does not keep tickets waiting.
  const printer = values.printer === undefined ? null : placeOf('printer', values.printer);
  const scans = values.scans === undefined ? null : openScanFolder(values.scans, device, console.error);
  await Promise.all([
    again(async () => printer !== null && (await printWaiting(device, centreId, printer))),
    again(async () => scans !== null && (await scans.bring())),
  ]);
  stopListening();
  for (const thing of things) thing.close();
  return 0;
}

function placeOf(name: string, text: string): { host: string; port: number } {
  const [, host = '', port] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  if (port === undefined)
    throw new UsageError(`--${name} must be an address and port such as 192.168.1.50:9100, not “${text}”`);
  return { host, port: Number(port) };
}

/** Shows a code until a person lets the agent in. */
async function pair(device: Device): Promise<void> {
  while (device.centreId === null) {
    const asked = (await device.ask('POST', '/api/pairings', { kind: 'agent', publicKey: device.publicKey })) as {
      pairingId: string;
      code: string;
    };
    console.log(
      `Code ${asked.code}, fingerprint ${device.fingerprint} (${hostname()}). Enter the code in the office under “Devices”.`,
    );
    for (let state = 'waiting'; state === 'waiting';) {
      await pause(ASK_EVERY_MS);
      const answer = (await device.ask('GET', `/api/pairings/${asked.pairingId}`)) as {
        state: string;
        token: string;
        centreId: number;
      };
      ({ state } = answer);
      if (state === 'confirmed') device.paired(answer.token, answer.centreId);
    }
  }
}

/** Prints what waits; says of each what came of it. While the server is away nothing is lost: it keeps the jobs. Throws an Error. */
async function printWaiting(device: Device, centreId: number, printer: { host: string; port: number }): Promise<void> {
  const base = `/api/centres/${centreId}/print-jobs`;
  const jobs = (await device.ask('POST', `${base}/take`)) as { jobId: string; paper: Paper }[];
  for (const { jobId, paper } of jobs)
    await device.ask('POST', `${base}/${jobId}/end`, { fault: await print(printer, paper) });
}

/** Shows the last calls: `П041 → 3`. Without the server it shows nothing new, and never an old number as a new one. */
function lights(place: { host: string; port: number }): HallThing & { close: () => void } {
  const line = openLedLine(place);
  return {
    hall: ({ windows }) => {
      const calls = windows.flatMap(({ windowId, state, visit }) =>
        state === 'calling' && visit !== null ? [`${visit.number} → ${windowId}`] : [],
      );
      line.show(calls.slice(-CALLS_SHOWN).join('   '));
    },
    close: () => line.close(),
  };
}

/** Hands on boards and kiosks to the screens of the hall. */
async function screens(url: string, centreId: number, folder: string, { host, port }: { host: string; port: number }) {
  const repeater = openRepeater();
  const cache = await openCache(join(folder, 'screens'));
  const opened = await openScreens({ url, centreId, host, port, cache, repeater });
  console.log(`Screens of the hall are at http://${host}:${opened.port}/board/${centreId} and /kiosk/${centreId}.`);
  return { ...repeater, close: () => void opened.close() };
}

/** Says each call in the languages of the hall's boards. */
function voice(url: string, centreId: number, command: string): HallThing & { close: () => void } {
  const speaker = openSpeaker({
    url,
    command,
    languages: async () => {
      const answer = await fetchFrom(url, `/api/centres/${centreId}/screens`, {
        signal: AbortSignal.timeout(RETRY_MS),
      });
      return ((await jsonFrom(url, answer)) as ScreenSettings).board.speech;
    },
    failed: (message) => console.error(message),
  });
  return { called: (call) => speaker.say(call), close: () => speaker.close() };
}
