import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AT_RUN_TIME, SAMPLES } from './support/sql/at-run-time.ts';
import { type Describer, openDescriber } from './support/sql/describe.ts';
import { type QueryCall, queryCalls } from './support/sql/extract.ts';
import { statementFaults } from './support/sql/faults.ts';
import { planted, sound } from './support/sql/planted.ts';
import { isProduct, openProgram, type Program } from './support/sql/program.ts';
import { cloneDatabase } from './support/test-node.ts';

let program: Program;
let client: pg.Client;
let describer: Describer;
let drop: () => Promise<void>;
let product: readonly QueryCall[];
let examples: readonly QueryCall[];

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  client = new pg.Client(database.url);
  await client.connect();
  describer = await openDescriber(client);
  program = openProgram();
  product = queryCalls(program, isProduct);
  examples = queryCalls(program, (path) => path === 'tests/support/sql/planted.ts');
});

afterAll(async () => {
  program.close();
  await client.end();
  await drop();
});

test('the database takes every statement of the product, and gives the rows that its caller declares', async () => {
  expect(product.length).toBeGreaterThan(500);
  expect(await statementFaults(describer, product, SAMPLES)).toEqual([]);
});

test('a column that is renamed is missed by each file that names it, and by no other', async () => {
  await client.query('alter table audit_entry rename action to action_before');
  const faults = await statementFaults(describer, product, SAMPLES);
  await client.query('alter table audit_entry rename action_before to action');
  const files = new Set(faults.map((fault) => fault.slice(0, fault.indexOf(':'))));
  expect([...files].sort()).toEqual(['server/platform/audit-seal.ts', 'server/platform/audit.ts']);
});

test('the list of calls whose texts only the running program knows has no others', () => {
  const unknown = new Set(product.filter((call) => call.unknown !== null).map(({ home }) => home));
  expect(Object.keys(AT_RUN_TIME).filter((home) => !unknown.has(home))).toEqual([]);
});

const example = (name: string) => examples.filter(({ home }) => home.endsWith(name));

test.each(Object.keys(planted))('finds “%s”', async (fault) => {
  const calls = fault.includes('center_of_part') ? example(' ofPart') : example(` planted: ${fault}`);
  expect((await statementFaults(describer, calls)).join('\n')).toContain(fault);
});

test.each(Object.keys(sound))('finds no fault in %s', async (what) => {
  const calls = example(` sound: ${what}`);
  expect(calls).toHaveLength(1);
  expect(await statementFaults(describer, calls)).toEqual([]);
});
