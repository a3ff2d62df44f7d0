import { appendFile, writeFile } from 'node:fs/promises';
import { FROZEN_CITY } from '../../core/rehearsal/frozen-city.ts';
import { CITY_POLICIES } from '../../core/rehearsal/policies.ts';
import type { CityPolicy } from '../../core/rehearsal/rehearse-city.ts';
import { readStaff, type Staff } from '../../core/rehearsal/staff.ts';
import { rehearsePolicies } from '../../demo/simulation/simulate-policies.ts';
import { readJson, readOptions, UsageError, wholeNumber } from '../options.ts';
import { reportPage } from './page.ts';
import { recordedTable, rehearseOwnDay, rehearseTickets } from './recorded.ts';
import { reportTable } from '../../demo/simulation/table.ts';

const DAYS_MAX = 366;
const SEEDS_MAX = 100;
const USUAL = ['fifo-static', 'due-static', 'alarm-8', 'okno', 'okno-short'];
const DIVERSION = ['okno', 'okno-hall', 'okno-home', 'okno-short', 'okno-short-home'];

/** `okno rehearse`: days of a city under several policies side by side, a recorded day of tickets, or a day of one’s own. */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = readOptions(
    args,
    {
      seeds: { type: 'string', default: '2' },
      days: { type: 'string' },
      policies: { type: 'string' },
      diversion: { type: 'boolean', default: false },
      staff: { type: 'string' },
      tickets: { type: 'string' },
      'service-min': { type: 'string' },
      centre: { type: 'string' },
      date: { type: 'string' },
      data: { type: 'string' },
      clock: { type: 'string', default: 'real' },
      json: { type: 'boolean', default: false },
      html: { type: 'string' },
    },
    0,
  );
  if (values.tickets !== undefined || values.centre !== undefined) {
    const { tickets, centre, date, data, clock, json } = values;
    const recorded =
      tickets === undefined
        ? await rehearseOwnDay({ centre: centre as string, date, data, clock })
        : await rehearseTickets(tickets, date, values['service-min']);
    console.log(json ? JSON.stringify(recorded) : recordedTable(recorded));
    return 0;
  }
  if (values['service-min'] !== undefined) throw new UsageError('--service-min goes with --tickets');
  // Minutes of work are not to be lost to a name that cannot be written to.
  if (values.html !== undefined) await appendFile(values.html, '');
  const days = wholeNumber('days', values.days, { min: 1, max: DAYS_MAX, otherwise: 5 });
  const seeds = seedsOf(values.seeds);
  const policies = policiesOf(values.policies, values.diversion);
  const staff = values.staff === undefined ? null : await staffOf(values.staff);
  const reports = await rehearsePolicies(policies, seeds, days, (line) => process.stderr.write(line), staff);
  if (values.html !== undefined) {
    await writeFile(values.html, reportPage(FROZEN_CITY, reports, { seeds, days }));
    console.error(`written: ${values.html}`);
  }
  console.log(
    values.json
      ? JSON.stringify({ city: FROZEN_CITY.name, seeds, days, policies: reports })
      : reportTable(FROZEN_CITY, reports),
  );
  return 0;
}

/** `2` or `2-6`. Throws UsageError. */
function seedsOf(text: string): number[] {
  const [, from, to] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text) ?? [];
  const first = Number(from);
  const last = Number(to ?? from);
  if (from === undefined || last < first || last - first >= SEEDS_MAX) {
    throw new UsageError(`--seeds must be a number or a range such as 2-6, not “${text}”`);
  }
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The people of a file. Throws UsageError, field by field. */
async function staffOf(file: string): Promise<Staff> {
  const staff = readStaff(await readJson(file), FROZEN_CITY);
  if ('faults' in staff) throw new UsageError(`${file}:\n  ${staff.faults.join('\n  ')}`);
  return staff;
}

function policiesOf(text: string | undefined, diversion: boolean): CityPolicy[] {
  const known = CITY_POLICIES.map(({ policyId }) => policyId);
  const wanted = text === 'all' ? known : (text?.split(',') ?? (diversion ? DIVERSION : USUAL));
  return wanted.map((policyId) => {
    const policy = CITY_POLICIES.find((one) => one.policyId === policyId);
    if (policy === undefined)
      throw new UsageError(`there is no policy “${policyId}”; there are ${known.join(', ')}, and all`);
    return policy;
  });
}
