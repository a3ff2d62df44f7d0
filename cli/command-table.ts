/** One command of `okno`, as help, completion and the reading of words need it. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** Words after the command: `<name>` is needed, `[name]` may be left out. */
  readonly words?: string;
  readonly options?: readonly (readonly [flags: string, says: string])[];
  readonly examples: readonly string[];
  /** True where every choice of the configuration is an option, too. */
  readonly choices?: true;
  /** True where options depend on the first word; the command reads them itself. */
  readonly ownOptions?: true;
  readonly below?: readonly CommandSpec[];
}

type Run = (args: readonly string[]) => Promise<number>;

/** A command that can be asked for; what does the work is loaded only then. */
export interface Command extends CommandSpec {
  readonly group: string;
  readonly load: () => Promise<{ run: Run }>;
}

const DATA = ['--data <folder>', 'folder of the data, where it is not the usual one'] as const;
const CONFIG = ['--config <file>', 'configuration file (TOML); else OKNO_CONFIG, else /etc/okno/okno.toml'] as const;
const CLOCK = ['--clock <kind>', 'which installation: real (usual), demo or replay'] as const;
const JSON_OUT = ['--json', 'print JSON for programs'] as const;
const DRY = ['--dry-run', 'do everything, say what came of it, and take it back'] as const;
const DAY_OF = [
  ['--centre <number>', 'the centre'],
  ['--day <date>', 'the day, such as 2026-02-19'],
] as const;

const TRY = 'Try it';
const SET_UP = 'Set up and run';
const KEEP = 'Keep and check';
const PEOPLE = 'People and programs';
const PLAN = 'Plan and measure';

const importOptions = [
  DRY,
  ['--yes', 'write a list that changes what is there'],
  ['--sample', 'print a file to begin with'],
  JSON_OUT,
  DATA,
  CONFIG,
] as const;

/** Every command of `okno`, in the order of help. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'start',
    group: TRY,
    summary: 'a demo city on this machine',
    options: [
      ['--port <n>', 'port of screens and API (8080)'],
      ['--no-demo', 'an empty real installation instead'],
      DATA,
    ],
    examples: ['okno start', 'okno start --port 9000 --data /srv/okno-demo'],
    load: () => import('./start.ts'),
  },
  {
    name: 'robots',
    group: TRY,
    summary: 'visitors and specialists of a demo city',
    options: [
      ['--url <url>', 'the server of the demo'],
      ['--seed <n>', 'other visitors'],
    ],
    examples: ['okno robots --url http://127.0.0.1:8080'],
    load: () => import('./robots/robots.ts'),
  },
  {
    name: 'replay',
    group: TRY,
    summary: 'drive a recorded day through the API',
    words: '<file>',
    options: [
      ['--date <date>', 'the day of the recording'],
      ['--mode <mode>', 'as-recorded (usual) or windows'],
      ['--windows <n>', 'windows of every centre, with --mode windows'],
      ['--service-min <minutes>', 'how long a service takes, with --mode windows'],
      JSON_OUT,
    ],
    examples: ['okno replay tickets.csv --date 2020-01-13'],
    load: () => import('./replay/replay.ts'),
  },
  {
    name: 'init',
    group: SET_UP,
    summary: 'set up a city and its first administrator',
    options: [
      ['--city <name>', 'whose network it is'],
      ['--city-en <name>', 'its name in English'],
      ['--time-zone <zone>', 'such as Europe/Moscow'],
      ['--administrator <login>', 'login of the administrator'],
      ['--name <name>', 'the name of that person'],
      DATA,
      CONFIG,
    ],
    examples: ['okno init --city Тверь --time-zone Europe/Moscow --administrator ivanova --name "Анна Иванова"'],
    load: () => import('./init.ts'),
  },
  {
    name: 'import',
    group: SET_UP,
    summary: 'centres, services, passports, calendar, past tickets',
    words: '[what] [file]',
    options: [...importOptions, ['--as <office=centre>', 'which centre an office of the history is; may be repeated']],
    examples: ['okno import services --sample > services.csv', 'okno import network centres.json --dry-run'],
    below: [
      {
        name: 'network',
        summary: 'centres and their windows and hours (JSON or CSV)',
        words: '[file]',
        options: importOptions,
        examples: ['okno import network centres.json --dry-run', 'okno import network --sample > centres.csv'],
      },
      {
        name: 'services',
        summary: 'services with their groups (CSV: group, name_ru, name_en)',
        words: '[file]',
        options: importOptions,
        examples: ['okno import services services.csv', 'okno import services --sample > services.csv'],
      },
      {
        name: 'passports',
        summary: 'service passports (JSON, JSON-LD), or “standard”: those that come along',
        words: '[file]',
        options: importOptions,
        examples: ['okno import passports standard --dry-run', 'okno import passports passports.json'],
      },
      {
        name: 'calendar',
        summary: 'a year of the production calendar (JSON)',
        words: '[file]',
        options: importOptions,
        examples: ['okno import calendar 2027.json'],
      },
      {
        name: 'history',
        summary: 'past tickets (CSV, also .gz), from which forecasts are made',
        words: '[file]',
        options: [...importOptions, ['--as <office=centre>', 'which centre an office is; may be repeated']],
        examples: ['okno import history tickets.csv.gz --as "Wola=12"'],
      },
    ],
    load: () => import('./import.ts'),
  },
  {
    name: 'serve',
    group: SET_UP,
    summary: 'one node of the installation',
    options: [
      DATA,
      CLOCK,
      ['--shown-at <instant>', 'what a demo or replay clock shows at the start'],
      ['--require-keys', 'only programs with a key may do more than look'],
    ],
    choices: true,
    examples: ['okno serve', 'okno serve --config /etc/okno/okno.toml --port 8443'],
    load: () => import('./serve.ts'),
  },
  {
    name: 'config',
    group: SET_UP,
    summary: 'what is in force, and where it comes from',
    options: [['--example', 'print a documented file to begin with'], JSON_OUT],
    choices: true,
    examples: ['okno config', 'okno config --example > /etc/okno/okno.toml'],
    load: () => import('./config.ts'),
  },
  {
    name: 'doctor',
    group: SET_UP,
    summary: 'look at all that the installation stands on',
    options: [JSON_OUT, DATA],
    choices: true,
    examples: ['okno doctor', 'okno doctor --json | jq .findings'],
    load: () => import('./doctor.ts'),
  },
  {
    name: 'agent',
    group: SET_UP,
    summary: 'the program in a centre: printer, lights, scans, screens',
    options: [
      ['--url <url>', 'the server'],
      ['--folder <folder>', 'where its key is kept'],
      ['--printer <host:port>', 'the printer of tickets'],
      ['--led <host:port>', 'the line of lights'],
      ['--speaker <program>', 'what plays speech, such as "aplay -q -"'],
      ['--scans <folder>', 'where scanners put their files'],
      ['--screens <host:port>', 'where boards and kiosks are served for a thin line'],
    ],
    examples: ['okno agent --url https://okno.example.org --printer 192.168.1.50:9100'],
    load: () => import('./agent/agent.ts'),
  },
  {
    name: 'upgrade',
    group: SET_UP,
    summary: 'bring the database to this version',
    options: [['--check', 'only say what would be done'], DATA, CONFIG],
    examples: ['okno upgrade --check'],
    load: () => import('./upgrade.ts'),
  },
  {
    name: 'backup',
    group: KEEP,
    summary: 'take a backup now, while everything goes on',
    options: [['--to <folder>', 'where to; else backup_folder'], DATA],
    choices: true,
    examples: ['okno backup --to /backup'],
    load: () => import('./backup.ts'),
  },
  {
    name: 'restore',
    group: KEEP,
    summary: 'restore a backup into an empty folder or database',
    words: '<backup>',
    options: [DATA, CONFIG],
    examples: ['okno restore /backup/okno-20260219T030000Z --data /var/lib/okno/new'],
    load: () => import('./restore.ts'),
  },
  {
    name: 'verify',
    group: KEEP,
    summary: 'compute days again from their events',
    options: [
      ...DAY_OF,
      ['--root <hex>', 'the published root of that day'],
      ['--audit', 'the log of actions instead'],
      JSON_OUT,
      DATA,
      CLOCK,
    ],
    examples: ['okno verify', 'okno verify --centre 84 --day 2026-02-19 --json', 'okno verify --audit'],
    load: () => import('./verify.ts'),
  },
  {
    name: 'signs',
    group: KEEP,
    summary: 'who may be choosing visitors',
    options: [...DAY_OF, JSON_OUT, DATA, CLOCK],
    examples: ['okno signs --centre 84'],
    load: () => import('./signs.ts'),
  },
  {
    name: 'export',
    group: KEEP,
    summary: 'events of a day, or passports in force',
    words: '[what]',
    options: [...DAY_OF, ['--json-ld', 'passports in the words of CPSV-AP'], DATA, CLOCK],
    examples: ['okno export events --centre 84 --day 2026-02-19', 'okno export passports --json-ld'],
    below: [
      {
        name: 'events',
        summary: 'a day as lines that anybody can check against its root',
        options: [...DAY_OF, DATA, CLOCK],
        examples: ['okno export events --centre 84 --day 2026-02-19 > day.jsonl'],
      },
      {
        name: 'passports',
        summary: 'the passports in force today (JSON)',
        options: [['--json-ld', 'in the words of CPSV-AP'], DATA, CLOCK],
        examples: ['okno export passports --json-ld > passports.jsonld'],
      },
    ],
    load: () => import('./export.ts'),
  },
  {
    name: 'retention',
    group: KEEP,
    summary: 'remove what is kept for too long',
    options: [['--dry-run', 'only count it'], DATA, CONFIG, CLOCK],
    examples: ['okno retention --dry-run'],
    load: () => import('./retention.ts'),
  },
  {
    name: 'person',
    group: PEOPLE,
    summary: 'a copy of what is kept of somebody; forgetting; keys',
    words: '[what] [id]',
    options: [['--snils <number>', 'the person by insurance number'], DATA, CONFIG, CLOCK],
    examples: ['okno person export --snils 112-233-445 95', 'okno person new-key'],
    below: [
      ...(['export', 'forget'] as const).map((name) => ({
        name,
        summary: name === 'export' ? 'a copy of all that is kept (JSON)' : 'forget this person',
        words: '[id]',
        options: [['--snils <number>', 'the person by insurance number'], DATA, CONFIG, CLOCK] as const,
        examples: [`okno person ${name} --snils "112-233-445 95"`],
      })),
      {
        name: 'new-key',
        summary: 'make a new key for what names people',
        options: [DATA, CONFIG, CLOCK],
        examples: ['okno person new-key'],
      },
      {
        name: 'seal-anew',
        summary: 'seal everything with the newest key',
        options: [DATA, CONFIG, CLOCK],
        examples: ['okno person seal-anew'],
      },
    ],
    load: () => import('./person.ts'),
  },
  {
    name: 'key',
    group: PEOPLE,
    summary: 'a key for a device or a member of staff',
    words: '<name>',
    options: [
      ['--role <role>', 'what it may do'],
      ['--centre <number>', 'where'],
      ['--revoke', 'make it good for nothing'],
      DATA,
      CLOCK,
    ],
    examples: ['okno key kiosk-84-1 --role kiosk --centre 84', 'okno key kiosk-84-1 --revoke'],
    load: () => import('./key.ts'),
  },
  {
    name: 'partner',
    group: PEOPLE,
    summary: 'programs that book for their visitors',
    words: '[what] [name] [url]',
    options: [['--channel <channel>', 'federal or partner'], ['--quota <n>', 'bookings a day'], JSON_OUT, DATA, CLOCK],
    examples: ['okno partner add federal-portal --channel federal --quota 500', 'okno partner list --json'],
    below: [
      ['add', '<name>', 'add one; its key is shown once'],
      ['list', '', 'those there are'],
      ['webhook', '<name> <url>', 'where it is told; the secret is shown once'],
      ['dead', '[name]', 'what could not be told'],
      ['retry', '[name]', 'tell it again'],
      ['revoke', '<name>', 'its key is good for nothing any more'],
    ].map(([name = '', words = '', summary = '']) => ({
      name,
      summary,
      words,
      options: [
        ...(name === 'add'
          ? ([
              ['--channel <channel>', 'federal or partner'],
              ['--quota <n>', 'bookings a day'],
            ] as const)
          : []),
        JSON_OUT,
        DATA,
        CLOCK,
      ],
      examples: [
        `okno partner ${name}${words === '' ? '' : ' federal-portal'}${words.includes('url') ? ' https://portal.example/okno' : ''}`,
      ],
    })),
    load: () => import('./partner.ts'),
  },
  ...planning(),
];

function planning(): Command[] {
  return [
    {
      name: 'plan',
      group: PLAN,
      summary: 'who works when in a week',
      words: '<file>',
      options: [JSON_OUT],
      examples: ['okno plan week.json'],
      load: () => import('./plan.ts'),
    },
    {
      name: 'rehearse',
      group: PLAN,
      summary: 'play days under several policies side by side',
      options: [
        ['--policies <names>', 'with commas, or all'],
        ['--seeds <range>', 'a number, or a range such as 2-6'],
        ['--days <n>', 'how many days'],
        ['--diversion', 'with visitors sent elsewhere'],
        ['--staff <file>', 'who works (JSON)'],
        ['--html <file>', 'write a page'],
        ['--tickets <file>', 'a recorded day instead'],
        ['--service-min <minutes>', 'how long a service takes, with --tickets'],
        ['--centre <number>', 'a day of one’s own centre instead'],
        ['--date <date>', 'that day'],
        JSON_OUT,
        DATA,
        CLOCK,
      ],
      examples: ['okno rehearse --policies all --seeds 2-6', 'okno rehearse --centre 84 --date 2026-02-19'],
      load: () => import('./rehearse/rehearse.ts'),
    },
    {
      name: 'calc',
      group: PLAN,
      summary: 'the formulas of planning',
      words: '[name]',
      ownOptions: true,
      examples: ['okno calc --help', 'okno calc erlang-c --per-hour 60 --service-min 12 --windows 13'],
      load: () => import('./calc.ts'),
    },
    {
      name: 'term',
      group: PLAN,
      summary: 'the last day of a term',
      options: [
        ['--n <n>', 'how many'],
        ['--unit <unit>', 'workday, calday, month or same_visit'],
        ['--start <start>', 'what it counts from: next_workday, agency_receipt …'],
        ['--registered <date>', 'when the application was registered'],
        ['--received <date>', 'when the agency had it'],
        ['--last-day <rule>', 'next_working, previous_working or none'],
        ['--suspend <date>', 'when the clock stopped'],
        ['--resume <date>', 'when it went on'],
        ['--stop <kind>', 'pause or restart'],
        ['--extension <n>', 'by how much it was extended'],
        ['--extension-max <n>', 'by how much it may be'],
        ['--today <date>', 'as of when'],
        JSON_OUT,
      ],
      examples: ['okno term --n 5 --unit workday --start next_workday --registered 2026-02-19'],
      load: () => import('./term.ts'),
    },
    {
      name: 'bench',
      group: PLAN,
      summary: 'measure against a baseline in the same run',
      words: '[name]',
      options: [['--all', 'every benchmark'], ['--quick', 'smaller'], JSON_OUT],
      examples: ['okno bench queue --quick'],
      load: () => import('./bench.ts'),
    },
  ];
}
