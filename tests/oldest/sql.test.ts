import pg from 'pg';
import { expect, test } from 'vitest';
import { SAMPLES } from '../support/sql/at-run-time.ts';
import { openDescriber } from '../support/sql/describe.ts';
import { queryCalls } from '../support/sql/extract.ts';
import { statementFaults } from '../support/sql/faults.ts';
import { isProduct, openProgram } from '../support/sql/program.ts';
import { cloneDatabase } from '../support/test-node.ts';

test('the oldest PostgreSQL takes every statement of the product, and gives rows with the declared names and types', async () => {
  const { url, drop } = await cloneDatabase();
  const client = new pg.Client(url);
  await client.connect();
  const program = openProgram();
  const calls = queryCalls(program, isProduct);
  program.close();
  expect(calls.length).toBeGreaterThan(500);
  expect(await statementFaults(await openDescriber(client), calls, SAMPLES)).toEqual([]);
  await client.end();
  await drop();
});
