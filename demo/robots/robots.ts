import type { Centre, CentreSummary } from '../../contract/network.ts';
import type { ClockReply } from '../../contract/platform.ts';
import { ApiProblem, openApi } from '../../contract/http-client.ts';
import { TRAINING_HALL } from '../city/network.ts';
import { openAgenda } from './agenda.ts';
import { CentreRobots } from './centre-robots.ts';
import { followStream } from '../../contract/hall-stream.ts';
import { random } from '../../core/rehearsal/random.ts';

const CONNECTIONS = 32;
const TICK_MS = 10;
const CLOCK_EVERY_MS = 250;
const NETWORK_EVERY_MS = 60_000;

/** Plays the visitors and specialists of every open centre until it is stopped or its parent ends. */
export async function playRobots(url: string, seed: number): Promise<void> {
  const { call, close } = openApi(url, CONNECTIONS);
  const agenda = openAgenda();
  const clock = await openServerClock(() => call('GET /api/clock', {}));
  const streams = new Map<number, () => void>();

  /** New robots for centres that have opened; a new day is a new shift. */
  const staffCentres = async () => {
    const centres: CentreSummary[] = await call('GET /api/centres', {});
    for (const { centreId, code, doors } of centres) {
      if (code === TRAINING_HALL || doors === null || streams.has(centreId)) continue;
      streams.set(centreId, () => undefined);
      const centre: Centre = await call('GET /api/centres/:centreId', { params: { centreId } });
      const draw = random(seed * 1_000 + centreId);
      const robots = new CentreRobots(centre, { call, agenda, draw, now: clock.now, failed });
      streams.set(centreId, followStream(url, centreId, robots));
      robots.begin();
    }
  };
  await staffCentres();
  const timers = [
    setInterval(() => agenda.runUntil(clock.now()), TICK_MS),
    setInterval(() => void staffCentres().catch(failed), NETWORK_EVERY_MS),
  ];
  await new Promise<void>((resolve) => {
    process.on('SIGTERM', resolve);
    process.on('SIGINT', resolve);
    process.on('disconnect', resolve);
  });
  for (const timer of timers) clearInterval(timer);
  for (const stop of streams.values()) stop();
  clock.stop();
  close();
}

/** A refusal is normal: another visitor was quicker, or the doors have closed. Anything else is worth a line. */
function failed(error: unknown): void {
  const expected = error instanceof ApiProblem && error.status < 500;
  const gone =
    (error as { code?: string }).code === 'ECONNREFUSED' || (error as { code?: string }).code === 'ECONNRESET';
  if (!expected && !gone) console.error(`robots: ${(error as Error).message}`);
}

/** The server's clock, asked for again and again and carried on in between. */
async function openServerClock(ask: () => Promise<ClockReply>) {
  let told = await ask();
  let toldAt = performance.now();
  const timer = setInterval(() => {
    void ask().then((reply) => {
      told = reply;
      toldAt = performance.now();
    }, failed);
  }, CLOCK_EVERY_MS);
  return {
    now: () => Math.floor(told.now + told.rate * (performance.now() - toldAt)),
    stop: () => clearInterval(timer),
  };
}
