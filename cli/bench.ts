import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Bench, Figure } from '../bench/bench.ts';
import { readOptions, UsageError, wholeNumber } from './options.ts';

/** Every benchmark, loaded when asked for. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  queue: async () => (await import('../bench/queue.ts')).benchQueue,
  contention: async () => (await import('../bench/contention.ts')).benchContention,
  replay: async () => (await import('../bench/replay.ts')).benchReplay,
  city: async () => (await import('../bench/city.ts')).benchCity,
  history: async () => (await import('../bench/history.ts')).benchHistory,
  live: async () => (await import('../bench/live.ts')).benchLive,
  wait: async () => (await import('../bench/wait.ts')).benchWait,
  screens: async () => (await import('../bench/screens.ts')).benchScreens,
  'city-plan': async () => (await import('../bench/city-plan.ts')).benchCityPlan,
  eta: async () => (await import('../bench/eta.ts')).benchEta,
  twin: async () => (await import('../bench/twin.ts')).benchTwin,
  roster: async () => (await import('../bench/roster.ts')).benchRoster,
  forecast: async () => (await import('../bench/forecast.ts')).benchForecast,
  pages: async () => (await import('../bench/pages.ts')).benchPages,
  applications: async () => (await import('../bench/applications.ts')).benchApplications,
  booking: async () => (await import('../bench/booking.ts')).benchBooking,
  search: async () => (await import('../bench/search.ts')).benchSearch,
  cycle: async () => (await import('../bench/cycle.ts')).benchCycle,
  bodies: async () => (await import('../bench/bodies.ts')).benchBodies,
  'sign-ins': async () => (await import('../bench/sign-ins.ts')).benchSignIns,
  chaos: async () => (await import('../bench/chaos/chaos.ts')).benchChaos,
};

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(
    args,
    {
      all: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      queries: { type: 'string' },
      seed: { type: 'string' },
    },
    1,
  );
  const seed =
    values.seed === undefined ? undefined : wholeNumber('seed', values.seed, { min: 0, max: 2 ** 31, otherwise: 1 });
  const names = values.all ? Object.keys(benches) : positionals;
  if (names.length === 0) throw new UsageError(`name a benchmark (${Object.keys(benches).join(', ')}) or --all`);
  let allMet = true;
  for (const name of names) {
    const load = benches[name];
    if (load === undefined)
      throw new UsageError(`there is no benchmark “${name}”; there are ${Object.keys(benches).join(', ')}`);
    const figures = await measure(await load(), { quick: values.quick, queriesFile: values.queries, seed });
    allMet &&= figures.every(({ met }) => met !== false);
    console.log(values.json ? JSON.stringify({ name, machine: machine(), figures }) : table(name, figures));
  }
  return allMet ? 0 : 1;
}

async function measure(
  bench: Bench,
  {
    quick,
    queriesFile,
    seed,
  }: { readonly quick: boolean; readonly queriesFile: string | undefined; readonly seed: number | undefined },
): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'okno-bench-'));
  try {
    return await bench({
      quick,
      folder,
      say: (line) => console.error(line),
      ...(queriesFile === undefined ? {} : { queriesFile }),
      ...(seed === undefined ? {} : { seed }),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function machine(): string {
  return `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
}

function table(name: string, figures: readonly Figure[]): string {
  const rows = figures.map(({ name: what, unit, value, min, max, goal, met }) => {
    const verdict = met === null ? '' : `${met ? 'met' : 'MISSED'} (${goal})`;
    return `  ${what.padEnd(66)} ${number(value).padStart(9)} ${unit.padEnd(11)} [${number(min)} – ${number(max)}] ${verdict}`;
  });
  return [`${name}: ${machine()}`, ...rows].join('\n');
}

function number(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2);
}
