import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Program, startProgram } from '../../bench/program.ts';
import { STANDARD_PASSPORTS } from '../../demo/passports/standard.ts';
import type { ApplicationFile } from '../../contract/application-shapes.ts';
import type { CivilDate } from '../../core/time/civil.ts';
import { PROGRAM } from '../../server/platform/index.ts';
import { putAgency } from '../../server/modules/applications/index.ts';
import { importPassports } from '../../server/modules/catalogue/index.ts';
import { importNetwork } from '../../server/modules/network/index.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { REASON } from '../support/case-node.ts';
import { DAY, testCentre } from '../support/test-node.ts';

const NOON = `${DAY}T12:00:00+03:00`;
const ROUNDS = 4;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okno-kill-cases-'));
  await chmod(folder, 0o755);
  const database = await openDatabase({ folder });
  await importNetwork(database, [testCentre(1)]);
  const passports = STANDARD_PASSPORTS.filter(({ serviceId }) => serviceId === 'entrepreneur').map((one) => ({
    ...one,
    groupId: 'business',
  }));
  const groups = [{ groupId: 'business', letter: 'К', name: { ru: 'Бизнес', en: 'Business' }, place: 0 }];
  await importPassports(database, PROGRAM, { groups, passports }, DAY as CivilDate);
  const name = { ru: 'ФНС', en: 'Tax' };
  await database.write((tx) =>
    putAgency(tx, { agencyId: 'fns', name, adapter: 'mock', setting: { behaviour: 'instant' } }, null, 0),
  );
  await database.close();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const start = (): Promise<Program> =>
  startProgram(['serve', '--clock', 'demo', '--shown-at', NOON, '--data', folder, '--port', '0']);

async function ask<Reply>(program: Program, method: string, path: string, body?: unknown): Promise<Reply> {
  const answer = await fetch(program.url + path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  const said = await answer.text();
  return (said === '' ? {} : JSON.parse(said)) as Reply;
}

async function register(program: Program, round: number): Promise<string> {
  const identity = {
    surname: `Смирнов${round}`,
    name: 'Иван',
    birth: '1980-01-01',
    address: 'Арбат, 1',
    email: 'i@example.org',
    documents: [{ kind: 'passport', number: `45101000${String(round).padStart(2, '0')}`, issuedOn: '2025-02-10' }],
  };
  const { personId } = await ask<{ personId: string }>(program, 'POST', '/api/persons', { purpose: REASON, identity });
  const draft = await ask<ApplicationFile>(program, 'POST', '/api/applications', {
    commandId: randomUUID(),
    centreId: 1,
    serviceId: 'entrepreneur',
    variant: 'usual',
    personId,
  });
  const path = `/api/applications/${draft.applicationId}`;
  await ask(program, 'PUT', `${path}/draft`, {
    edition: draft.edition,
    answers: { ...draft.answers, activity: '62.01' },
    evidence: [{ kind: 'passport', seen: 'original-shown' }],
  });
  await ask(program, 'POST', `${path}/move`, { commandId: randomUUID(), move: 'register' });
  return draft.applicationId;
}

test('kill −9 right after a registration: the agency gets the message, and decides once', async () => {
  const ids: string[] = [];
  let program = await start();
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      ids.push(await register(program, round));
      await program.kill();
      program = await start();
    }
    // What was being sent when the node died is sent again when its lease is over.
    const ready = async () => {
      const files = await Promise.all(ids.map((id) => ask<ApplicationFile>(program, 'GET', `/api/applications/${id}`)));
      return files.map(({ state }) => state);
    };
    await expect.poll(ready, { timeout: 100_000, interval: 500 }).toEqual(ids.map(() => 'ready'));
    for (const id of ids) {
      const { events } = await ask<ApplicationFile>(program, 'GET', `/api/applications/${id}`);
      expect(events.map(({ move }) => move)).toEqual(['begin', 'register', 'send', 'decide-positive', 'give-result']);
    }
  } finally {
    await program.stop();
  }
}, 180_000);
