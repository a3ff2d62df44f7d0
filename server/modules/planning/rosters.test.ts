import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { administrator, hired, type Person } from '../../../tests/support/staff.ts';
import { cloneDatabase, DAY, startTestNode, testCentre, type TestNode } from '../../../tests/support/test-node.ts';
import type { ColleagueReply, RosterReply, RosterShift } from '../../../contract/rosters.ts';
import { rosterFaults } from '../../../core/planning/roster-rules.ts';
import { patternsOf } from '../../../core/planning/shifts.ts';
import { rosterOf, weekProblem } from '../../../core/planning/week.ts';
import { addDays, type CivilDate } from '../../../core/time/civil.ts';

let node: TestNode;
let drop: () => Promise<void>;
let root: Person;
let head: Person;
let specialist: Person;

const TODAY = DAY as CivilDate;
/** The Monday after the test's Thursday. */
const MONDAY = addDays(TODAY, 4);
const NAMES = ['anna', 'boris', 'vera', 'gleb', 'darya', 'egor', 'zoya', 'ivan'];
const patterns = patternsOf(24);

/** One window from opening to closing, two in the middle of the day. */
const weekdayPlan = [1, 2, 3, 4, 5, 6].flatMap((weekday) =>
  Array.from({ length: 24 }, (_, half) => ({
    weekday,
    validFrom: '2020-01-01',
    validTo: null,
    starts: `${String(8 + Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`,
    windows: half > 4 && half < 16 ? 2 : 1,
  })),
) as NonNullable<Parameters<typeof testCentre>[1]>['plannedWindows'];

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  const planned = { plannedWindows: weekdayPlan ?? [] };
  const quarterPast = { weekday: 1, validFrom: '2020-01-01', validTo: null, opens: '08:15', closes: '16:15' };
  const late = testCentre(4, { hours: [quarterPast] });
  const centres = [testCentre(1, planned), testCentre(2, planned), testCentre(3), late];
  node = await startTestNode(database.url, centres, 0, { requireKeys: true });
  root = await administrator(node);
  head = await hired(node, root, 'head', 'head', { kind: 'centre', id: '1' });
  for (const name of NAMES) specialist = await hired(node, root, name, 'specialist', { kind: 'centre', id: '1' });
});

afterAll(async () => {
  await node.close();
  await drop();
});

const rosterAt = async (who: Person, day: CivilDate = MONDAY, centreId = 1) =>
  (await who.ask('GET', `/api/centres/${centreId}/roster?day=${day}`)).body as unknown as RosterReply;
const peopleAt = async (day: CivilDate = MONDAY) =>
  (await head.ask('GET', `/api/centres/1/roster/people?day=${day}`)).body as unknown as ColleagueReply[];
const keep = (who: Person, version: number, shifts: readonly RosterShift[], day: CivilDate = MONDAY, centreId = 1) =>
  who.ask('PUT', `/api/centres/${centreId}/roster`, { day, version, shifts });
const idOf = async (login: string) =>
  (await rosterAt(head)).people.find(({ name }) => name.toLowerCase().includes(login))?.accountId ?? '';

function shift(accountId: string, day: CivilDate, hours: number, start = 0): RosterShift {
  const { slots = [] } = patterns.find((one) => one.hours === hours && one.start === start) ?? {};
  return { accountId, day, start, hours, slots: [...slots] };
}

async function problemOf(day: CivilDate = MONDAY) {
  const [roster, people] = await Promise.all([rosterAt(head, day), peopleAt(day)]);
  const colleagues = people.map(({ accountId, ...rest }) => ({ personId: accountId, ...rest }));
  return weekProblem(roster.days, colleagues, roster.groupIds);
}

const asAssignment = ({ accountId, day, start, hours, slots }: RosterShift) => ({
  personId: accountId,
  day,
  shift: { start, hours, slots, cost: slots.length / 2 },
});

describe('who can be rostered', () => {
  test('the specialists of the centre, with the need of the week; who runs the hall is not at windows', async () => {
    const roster = await rosterAt(head);
    expect(roster).toMatchObject({ monday: MONDAY, version: 0, shifts: [] });
    expect(roster.days.map(({ day }) => day)).toEqual([0, 1, 2, 3, 4, 5].map((index) => addDays(MONDAY, index)));
    expect(roster.days[0]).toMatchObject({ opensMinute: 480, over: false });
    expect(roster.days[0]?.need.filter((need) => need === 2)).toHaveLength(11);
    expect(roster.people).toHaveLength(NAMES.length + 1);
    const usual = (await peopleAt()).map(({ weekHours }) => weekHours);
    expect(usual.toSorted()).toEqual([0, ...NAMES.map(() => 40)]);
  });

  test('contracts, skills, days off and wishes are kept; nobody elsewhere can be given them', async () => {
    const anna = await idOf('anna');
    const terms = { weekHours: 20, shiftHours: [4, 6], groupIds: ['passports'] };
    const at = `/api/centres/1/roster/people/${anna}`;
    expect((await head.ask('PUT', at, terms)).status).toBeLessThan(300);
    expect((await head.ask('PUT', `${at}/days/${MONDAY}`, { mark: 'off' })).status).toBeLessThan(300);
    const tuesday = addDays(MONDAY, 1);
    await head.ask('PUT', `${at}/days/${tuesday}`, { mark: 'off' });
    await head.ask('PUT', `${at}/days/${tuesday}`, { mark: 'rather-not' });
    const found = (await peopleAt()).find(({ accountId }) => accountId === anna);
    expect(found).toMatchObject({ ...terms, daysOff: [MONDAY], ratherNot: [tuesday] });
    await head.ask('PUT', `${at}/days/${tuesday}`, { mark: null });
    expect((await peopleAt()).find(({ accountId }) => accountId === anna)?.ratherNot).toEqual([]);

    const stranger = '/api/centres/2/roster/people';
    expect((await root.ask('PUT', `${stranger}/${anna}`, terms)).body.code).toBe('unknown-colleague');
    expect((await head.ask('PUT', `${at}`, { ...terms, weekHours: 61 })).body.code).toBe('malformed-request');
    expect((await head.ask('PUT', `${at}`, { ...terms, shiftHours: [5] })).body.code).toBe('malformed-request');
  });

  test('a specialist reads the roster of their centre, not the terms of others, and changes nothing', async () => {
    expect((await specialist.ask('GET', `/api/centres/1/roster?day=${MONDAY}`)).status).toBe(200);
    const refused = [
      specialist.ask('GET', `/api/centres/1/roster/people?day=${MONDAY}`),
      specialist.ask('POST', '/api/centres/1/roster/suggestions', { day: MONDAY }),
      keep(specialist, 0, []),
    ];
    for (const { body } of await Promise.all(refused)) expect(body.code).toBe('role-not-enough');
    expect((await specialist.ask('GET', `/api/centres/2/roster?day=${MONDAY}`)).body.code).toBe('foreign-centre');
    expect((await head.ask('POST', '/api/centres/2/roster/suggestions', { day: MONDAY })).body.code).toBe(
      'foreign-centre',
    );
  });
});

describe('a roster', () => {
  test('is found: the need is met, no rule is broken; is kept, and the plans of its days follow', async () => {
    const found = await head.ask('POST', '/api/centres/1/roster/suggestions', { day: MONDAY });
    const shifts = found.body['shifts'] as RosterShift[];
    const problem = await problemOf();
    const came = rosterOf(problem, shifts.map(asAssignment));
    expect(came.shortages).toEqual([]);
    expect(rosterFaults(problem, shifts.map(asAssignment))).toEqual([]);
    expect((await keep(head, 0, shifts)).body).toEqual({ version: 1 });
    const kept = await rosterAt(specialist);
    const bySlot = (all: readonly RosterShift[]) => all.map((one) => JSON.stringify(one)).toSorted();
    expect(bySlot(kept.shifts)).toEqual(bySlot(shifts));
    expect(kept.version).toBe(1);
    const { rows } = await node.database.pool.query<{ windows: number }>(
      'select windows from day_plan where centre_id = 1 and day = $1 order by starts',
      [MONDAY],
    );
    const onMonday = shifts.filter(({ day }) => day === MONDAY);
    expect(rows.map(({ windows }) => windows)).toEqual(
      Array.from({ length: 24 }, (_, half) => onMonday.filter(({ slots }) => slots.includes(half)).length),
    );
    const audited = await node.database.pool.query("select details from audit_entry where action = 'roster-kept'");
    expect(audited.rows).toEqual([{ details: { monday: MONDAY, version: 1, shifts: shifts.length } }]);
    expect((await rosterAt(head)).days[0]?.need, 'the need is not what was planned for it').toEqual(kept.days[0]?.need);
  });

  test('of two heads who keep the same week at once, one is told that it has changed', async () => {
    const { version, shifts } = await rosterAt(head);
    const both = await Promise.all([keep(head, version, shifts.slice(1)), keep(root, version, shifts.slice(2))]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('roster-changed');
    expect((await rosterAt(head)).version).toBe(version + 1);
    expect((await keep(head, 0, [], addDays(MONDAY, 21))).body).toEqual({ version: 1 });
    expect((await keep(head, 7, [], addDays(MONDAY, 28))).body.code).toBe('roster-changed');
  });

  test('a day that loses all its shifts has the plan of its weekday again', async () => {
    const { version } = await rosterAt(head);
    expect((await keep(head, version, [])).status).toBeLessThan(300);
    const { rowCount } = await node.database.pool.query('select from day_plan where centre_id = 1');
    expect(rowCount).toBe(0);
  });

  test('that cannot be is refused whole, with what is wrong', async () => {
    const [anna, boris] = [await idOf('anna'), await idOf('boris')];
    const { version } = await rosterAt(head);
    const tuesday = addDays(MONDAY, 1);
    const codeOf = async (...shifts: RosterShift[]) => (await keep(head, version, shifts)).body.code;
    expect(await codeOf(shift(boris, addDays(MONDAY, 6), 8)), 'Sunday').toBe('centre-closed');
    expect(await codeOf(shift(boris, addDays(MONDAY, 7), 8)), 'another week').toBe('centre-closed');
    expect(await codeOf({ ...shift(boris, tuesday, 8), slots: [0, 1] })).toBe('no-such-shift');
    expect(await codeOf({ ...shift(boris, tuesday, 12), start: 4 })).toBe('no-such-shift');
    expect(await codeOf(shift('00000000-0000-4000-8000-000000000000', tuesday, 8))).toBe('unknown-colleague');
    expect(await codeOf(shift(anna, MONDAY, 4)), 'her day off').toBe('roster-breaks-rules');
    expect(await codeOf(shift(anna, tuesday, 12)), 'not her length').toBe('roster-breaks-rules');
    const good = [shift(boris, MONDAY, 8)];
    expect(await codeOf(...good, shift(boris, MONDAY, 4, 16)), 'twice').toBe('roster-breaks-rules');
    expect((await rosterAt(head)).shifts, 'nothing of it was kept').toEqual([]);
    const yesterday = addDays(TODAY, -1);
    expect((await keep(head, 0, [shift(boris, yesterday, 8)], yesterday)).body.code).toBe('plan-past');
    const over = await head.ask('POST', '/api/centres/1/roster/suggestions', { day: addDays(TODAY, -14) });
    expect(over.body.code).toBe('plan-past');
    const nobody = await root.ask('POST', '/api/centres/3/roster/suggestions', { day: MONDAY });
    expect(nobody.body.code).toBe('nobody-to-roster');
  });

  test('the running week keeps its past days, and they count for hours and rest', async () => {
    const boris = await idOf('boris');
    const db = node.database;
    const yesterday = addDays(TODAY, -1);
    const monday = addDays(MONDAY, -7);
    await db.pool.query(`insert into roster_week (centre_id, monday, version, kept_at) values (1, $1, 1, now())`, [
      monday,
    ]);
    await db.pool.query(
      `insert into roster_shift (account_id, day, centre_id, monday, starts, hours, breaks)
       values ($1, $2, 1, $3, '08:00', 12, '{7,15}')`,
      [boris, yesterday, monday],
    );
    const now = await rosterAt(head, TODAY);
    expect(now.days.filter(({ over }) => over)).toHaveLength(3);
    expect(now.shifts).toMatchObject([{ accountId: boris, day: yesterday, start: 0, hours: 12 }]);
    const standing = (await peopleAt(TODAY)).find(({ accountId }) => accountId === boris)?.standing;
    expect(standing).toEqual([{ day: yesterday, startsMinute: 480, hours: 12, weekHours: 11 }]);
    const friday = addDays(TODAY, 1);
    const long = [shift(boris, TODAY, 12), shift(boris, friday, 12), shift(boris, addDays(TODAY, 2), 12)];
    expect((await keep(head, 1, long, TODAY)).body.code, '44 of 40 hours').toBe('roster-breaks-rules');
    expect((await keep(head, 1, long.slice(1), TODAY)).status).toBeLessThan(300);
    expect((await rosterAt(head, TODAY)).shifts).toHaveLength(3);
  });

  test('a centre that opens at a quarter past keeps its shifts as they were put', async () => {
    await hired(node, root, 'late', 'specialist', { kind: 'centre', id: '4' });
    const { people, days } = await rosterAt(root, MONDAY, 4);
    expect(days).toMatchObject([{ day: MONDAY, opensMinute: 495 }]);
    const put = [shift(people[0]?.accountId ?? '', MONDAY, 6, 2)];
    expect((await keep(root, 0, put, MONDAY, 4)).status).toBeLessThan(300);
    expect((await rosterAt(root, MONDAY, 4)).shifts).toEqual(put);
  });

  test('a specialist who works in another centre on a day does not work here on it', async () => {
    const boris = await idOf('boris');
    const db = node.database;
    await db.pool.query('insert into roster_week (centre_id, monday, version, kept_at) values (2, $1, 1, now())', [
      MONDAY,
    ]);
    await db.pool.query(
      `insert into roster_shift (account_id, day, centre_id, monday, starts, hours, breaks) values ($1, $2, 2, $2, '10:00', 4, '{}')`,
      [boris, MONDAY],
    );
    const { version } = await rosterAt(head);
    expect((await keep(head, version, [shift(boris, MONDAY, 4)])).body.code).toBe('roster-breaks-rules');
    expect((await keep(head, version, [shift(boris, addDays(MONDAY, 1), 4)])).status).toBeLessThan(300);
    const twice = db.pool.query(
      `insert into roster_shift (account_id, day, centre_id, monday, starts, hours, breaks) values ($1, $2, 1, $2, '10:00', 4, '{}')`,
      [boris, MONDAY],
    );
    await expect(twice, 'the database sees to it, too').rejects.toThrow('roster_shift_one_a_day');
  });
});
