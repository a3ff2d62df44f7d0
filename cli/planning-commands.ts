import { CLOCK, type Command, DATA, JSON_OUT, PLAN } from './command-spec.ts';

/** The commands of planning. */
export function planningCommands(): Command[] {
  return [
    {
      name: 'plan',
      group: PLAN,
      summary: 'a roster of a week',
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
        ['--diversion', 'let visitors choose another centre'],
        ['--staff <file>', 'the staff (JSON)'],
        ['--html <file>', 'write a page'],
        ['--tickets <file>', 'a recorded day instead'],
        ['--service-min <minutes>', 'how long a service takes, with --tickets'],
        ['--centre <number>', 'a day of a centre’s own history instead'],
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
  ];
}
