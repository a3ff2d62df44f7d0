import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../server/platform/migrate.ts';
import { crowd, expectAllThereOnce } from '../support/crowd.ts';
import { projectRoot } from '../support/source-files.ts';
import { cloneDatabase, startTestNode, testCentre, type TestNode } from '../support/test-node.ts';

const CENTRES = [1, 2];

/** What the version after this one may do to the schema while nodes of this one serve: add, and fill what it added. */
const NEXT = `
  alter table visit add column colour text, add column weight integer not null default 1;
  alter table queue_event add column shade smallint;
  create table visit_colour (centre_id integer not null, visit_id uuid not null, colour text not null, primary key (centre_id, visit_id));
  create index visit_by_colour on visit (colour) where colour is not null;
  update visit set colour = 'red';
`;

let url: string;
let drop: () => Promise<void>;
let node: TestNode;
let folder: string;

beforeAll(async () => {
  ({ url, drop } = await cloneDatabase());
  folder = mkdtempSync(join(tmpdir(), 'okno-next-'));
  cpSync(join(projectRoot, 'server/migrations'), folder, { recursive: true });
  writeFileSync(join(folder, '9999_next.sql'), NEXT);
  const append = join(folder, 'functions/queue_append.sql');
  writeFileSync(append, readFileSync(append, 'utf8').replace(/^-- edition \d+/, '-- edition 99'));
  node = await startTestNode(
    url,
    CENTRES.map((centreId) => testCentre(centreId)),
  );
});

afterAll(async () => {
  await node.close();
  await drop();
  rmSync(folder, { recursive: true });
});

test('a node goes on serving while the next version changes schema and functions beneath it; once stopped it does not come back', async () => {
  const { acknowledged, leave } = crowd(() => node.url, CENTRES);
  const served = (count: number) =>
    expect.poll(() => acknowledged.size, { timeout: 60_000, interval: 50 }).toBeGreaterThan(count);
  await served(50);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  expect(await migrate(client, { folder })).toEqual(['9999_next.sql', 'functions/queue_append.sql']);
  await client.end();
  await served(acknowledged.size + 100);
  await leave();
  await expectAllThereOnce(node.database, CENTRES, acknowledged);
  await expect(startTestNode(url)).rejects.toThrow('The database is newer than this program: it has 9999_next.sql');
});
