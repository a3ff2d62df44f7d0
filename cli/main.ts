import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { ProblemError, sentenceOf } from '../core/problems.ts';
import { UsageError } from './options.ts';

interface CliCommand {
  readonly summary: string;
  readonly usage: string;
  /** Loaded only when asked for, so that `okno help` starts at once. */
  readonly load: () => Promise<{ run: (args: readonly string[]) => Promise<number> }>;
}

/** Every command of `okno`. */
const commands: Readonly<Record<string, CliCommand>> = {
  start: {
    summary: 'a demo city on this machine (with --no-demo: an empty real one)',
    usage: '[--port N] [--data FOLDER] [--no-demo]',
    load: () => import('./start.ts'),
  },
  serve: {
    summary: 'one node, nothing else',
    usage:
      '[--config FILE] [--data FOLDER] [--host H] [--port N] [--clock real|demo|replay] [--shown-at INSTANT] [--require-keys] and every choice of “okno config”',
    load: () => import('./serve.ts'),
  },
  init: {
    summary: 'set up a real installation: the city and its first administrator',
    usage:
      '--city NAME --time-zone Z --administrator LOGIN [--name NAME] [--city-en NAME] [--data FOLDER] [--config FILE]',
    load: () => import('./init.ts'),
  },
  import: {
    summary:
      'read centres (JSON, CSV), services (CSV), passports (JSON, JSON-LD, or those that come along: standard), a calendar year (JSON) or past tickets (CSV)',
    usage:
      'network|services|passports|calendar|history FILE [--dry-run] [--yes] [--as OFFICE=CENTRE] [--data FOLDER] [--config FILE]',
    load: () => import('./import.ts'),
  },
  config: {
    summary: 'what is in force and where it comes from, without secrets; --example prints a file to begin with',
    usage: '[--config FILE] [--example]',
    load: () => import('./config.ts'),
  },
  agent: {
    summary:
      'the program that stands in a centre: prints tickets, runs the line of lights, brings scans, keeps boards and kiosks; asks the server, is asked only by the hall',
    usage:
      '--url URL [--folder FOLDER] [--printer HOST:PORT] [--led HOST:PORT] [--speaker PROGRAM] [--scans FOLDER] [--screens HOST:PORT]',
    load: () => import('./agent/agent.ts'),
  },
  doctor: {
    summary:
      'look at everything the installation stands on: versions, disk, port, TLS, database, clock, calendar, backups',
    usage: '[--config FILE] [--data FOLDER]',
    load: () => import('./doctor.ts'),
  },
  backup: {
    summary: 'take a backup now, while everything goes on',
    usage: '[--to FOLDER] [--data FOLDER] [--config FILE]',
    load: () => import('./backup.ts'),
  },
  restore: {
    summary: 'restore a backup into an empty folder or database, and compute every day anew',
    usage: 'BACKUP [--data FOLDER] [--config FILE]',
    load: () => import('./restore.ts'),
  },
  upgrade: {
    summary: 'bring the database to this version; --check says what would be done',
    usage: '[--check] [--data FOLDER] [--config FILE]',
    load: () => import('./upgrade.ts'),
  },
  replay: {
    summary: 'drive a recorded day through the API as fast as it goes',
    usage: 'FILE --date D [--mode as-recorded|windows] [--windows N] [--service-min M] [--json]',
    load: () => import('./replay/replay.ts'),
  },
  robots: {
    summary: 'visitors and specialists of a demo city, through the API',
    usage: '--url URL [--seed N]',
    load: () => import('./robots/robots.ts'),
  },
  calc: {
    summary: 'the formulas of planning: waits, windows, reserve, overbooking',
    usage: 'NAME --option value … [--json], or --help',
    load: () => import('./calc.ts'),
  },
  term: {
    summary: 'the last day of a term by the production calendar',
    usage:
      '--n N --unit workday|calday|month --start next_workday|agency_receipt|… --registered D [--last-day next_working|previous_working|none] [--suspend D --resume D] [--json]',
    load: () => import('./term.ts'),
  },
  plan: {
    summary: 'who works when in a week: shifts for a need, people, days off, rest and skills',
    usage: 'FILE [--json]',
    load: () => import('./plan.ts'),
  },
  rehearse: {
    summary: 'play days of a city through the rules of the halls, under several policies side by side',
    usage:
      '[--policies A,B|all] [--seeds 2-6] [--days N] [--diversion] [--staff FILE] [--html FILE], or --tickets FILE --date D [--service-min M], or --centre N --date D; [--json]',
    load: () => import('./rehearse/rehearse.ts'),
  },
  retention: {
    summary:
      'remove scans, applications and people that are kept longer than the configuration says; --dry-run only counts',
    usage: '[--dry-run] [--data FOLDER] [--config FILE]',
    load: () => import('./retention.ts'),
  },
  person: {
    summary: 'a copy of all that is kept of somebody, forgetting him, and the keys that seal what names people',
    usage:
      'export|forget ID|--snils NUMBER, new-key, seal-anew [--data FOLDER] [--config FILE] [--clock real|demo|replay]',
    load: () => import('./person.ts'),
  },
  key: {
    summary: 'make a key for a device or a member of staff (shown once), or revoke it',
    usage: 'NAME --role R [--centre N] [--revoke] [--data FOLDER] [--clock real|demo|replay]',
    load: () => import('./key.ts'),
  },
  partner: {
    summary:
      'programs that book for their visitors: add (key shown once), list, webhook (secret shown once), dead, retry, revoke',
    usage:
      'add NAME [--channel federal|partner] [--quota N] | list | webhook NAME URL | dead [NAME] | retry [NAME] | revoke NAME [--data FOLDER] [--clock K] [--json]',
    load: () => import('./partner.ts'),
  },
  verify: {
    summary: 'compute days anew from their events: chain, numbers, state, rows, and the published root',
    usage:
      '[--centre N] [--day D] [--root HEX], or --audit (the log of actions) [--data FOLDER] [--clock real|demo|replay] [--json]',
    load: () => import('./verify.ts'),
  },
  signs: {
    summary: 'specialists at whom signs of choosing visitors are seen far more often than at the others',
    usage: '--centre N [--day D] [--data FOLDER] [--clock real|demo|replay] [--json]',
    load: () => import('./signs.ts'),
  },
  export: {
    summary:
      'the events of a day as lines that anybody can check against its root; the passports in force (JSON, JSON-LD)',
    usage: 'events --centre N --day D, or passports [--json-ld] [--data FOLDER] [--clock real|demo|replay]',
    load: () => import('./export.ts'),
  },
  bench: {
    summary: 'measure against a baseline in the same run',
    usage: 'NAME|--all [--quick] [--json]',
    load: () => import('./bench.ts'),
  },
};

function help(): string {
  const lines = Object.entries(commands).map(
    ([name, { summary, usage }]) => `  okno ${name} ${usage}\n      ${summary}`,
  );
  return [
    'Okno, the open operating system of one-stop public service centres.',
    '',
    ...lines,
    '',
    '  okno help | okno version',
  ].join('\n');
}

async function main([name = 'help', ...args]: readonly string[]): Promise<number> {
  if (name === 'help' || name === '--help' || name === '-h') {
    console.log(help());
    return 0;
  }
  if (name === 'version' || name === '--version') {
    console.log((await import('../server/main.ts')).version());
    return 0;
  }
  const command = commands[name];
  if (command === undefined) {
    console.error(`okno: there is no command “${name}”.\n\n${help()}`);
    return 2;
  }
  try {
    const { run } = await command.load();
    return await run(args);
  } catch (error) {
    if (error instanceof UsageError)
      console.error(`okno ${name}: ${error.message}\nUsage: okno ${name} ${command.usage}`);
    else console.error(`okno ${name}: ${sentence(error)}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function sentence(error: unknown): string {
  if (error instanceof ProblemError) return `${sentenceOf(error.problem, 'ru')}\n${sentenceOf(error.problem, 'en')}`;
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}\n${cause.message}` : message;
}

// What a start has compiled the next one reads; and the memory grows by a third over what is used before it is swept, not to
// several times of it: a node that holds a city's day stays near 500 MB.
enableCompileCache();
setFlagsFromString('--heap-growing-percent=30');
process.exit(await main(process.argv.slice(2)));
