import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApplicationFile } from '../../../../contract/application-shapes.ts';
import type { CoSignature } from '../../../../contract/signatures.ts';
import { caseWork, IVANOVA, SIDOROV, testPassport } from '../../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, type TestNode } from '../../../../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;
let applicant: string;
let spouse: string;

const signers = [
  { code: 'spouse', name: { ru: 'Супруг', en: 'Spouse' } },
  { code: 'owner', name: { ru: 'Собственник', en: 'Owner' }, when: { field: 'why', is: ['доля'] } },
];

beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  node = await startTestNode(database.url);
  work = caseWork(node);
  await work.publish('together', testPassport({}, { signers }));
  applicant = await work.person();
  spouse = await work.person(SIDOROV);
});

afterAll(async () => {
  await node.close();
  await drop();
});

const states = ({ signatures }: ApplicationFile) => signatures.map(({ signer, state }) => [signer, state]);
const drafted = async () =>
  work.write(await work.begin('together', applicant, { anotherBecause: 'проверка подписей' }));
const sign = (applicationId: string, more: object = {}) =>
  work.problem('POST', `/api/applications/${applicationId}/signatures`, {
    signer: 'spouse',
    personId: spouse,
    documentSeen: true,
    ...more,
  });
const invite = (applicationId: string, contact: string) =>
  work.must<ApplicationFile>('POST', `/api/applications/${applicationId}/signatures/invitations`, {
    signer: 'spouse',
    personId: spouse,
    contact,
    language: 'ru',
  });
/** The code that was sent to an address last. */
async function codeFor(address: string): Promise<string> {
  let code = '';
  await expect
    .poll(async () => {
      const posted = await work.must<{ address: string; text: string }[]>('GET', '/api/demo-post');
      code = /Код: ([A-Z2-9 ]{14})/.exec(posted.find((one) => one.address === address)?.text ?? '')?.[1] ?? '';
      return code;
    })
    .not.toBe('');
  return code;
}
const look = (code: string, birth = SIDOROV.birth) => work.problem('POST', '/api/co-signature', { code, birth });

test('nothing is registered before everybody has signed; the applicant does not sign twice', async () => {
  const draft = await drafted();
  expect(states(draft)).toEqual([['spouse', 'missing']]);
  const { applicationId } = draft;
  const register = () =>
    work.problem('POST', `/api/applications/${applicationId}/move`, { commandId: randomUUID(), move: 'register' });
  expect(await register()).toMatchObject({ code: 'signatures-missing', signers: [{ ru: 'Супруг', en: 'Spouse' }] });
  expect((await sign(applicationId, { personId: applicant })).code).toBe('signer-twice');
  expect((await sign(applicationId, { personId: randomUUID() })).code).toBe('unknown-person');
  expect((await sign(applicationId, { signer: 'owner' })).code).toBe('signer-not-asked');
  expect((await sign(applicationId)).status).toBeLessThan(300);
  expect((await sign(applicationId)).status).toBeLessThan(300);
  const file = await work.read(applicationId);
  expect(file.events.filter(({ move }) => move === 'sign')).toHaveLength(1);
  expect(JSON.stringify(file.events)).not.toContain(spouse);
  expect((await register()).status).toBeLessThan(300);
  expect((await sign(applicationId)).code).toBe('move-not-allowed');
});

test('a signature is for the text as it was: after a change it has to be signed again; a new answer may ask for more', async () => {
  const draft = await drafted();
  await sign(draft.applicationId);
  const signed = await work.read(draft.applicationId);
  expect(states(signed)).toEqual([['spouse', 'signed']]);
  const same = await work.write(signed);
  expect(states(same)).toEqual([['spouse', 'signed']]);
  const changed = await work.write(same, { answers: { ...same.answers, why: 'доля' } });
  expect(states(changed)).toEqual([
    ['spouse', 'changed'],
    ['owner', 'missing'],
  ]);
});

test('signed at home: with the code that was sent and one’s own date of birth, and only what was shown', async () => {
  const draft = await drafted();
  const { applicationId } = draft;
  expect(states(await invite(applicationId, 'oleg@example.org'))).toEqual([['spouse', 'invited']]);
  const code = await codeFor('oleg@example.org');
  expect((await look('AAAA BBBB CCCC')).code).toBe('unknown-co-signature');
  expect((await look(code, IVANOVA.birth)).code).toBe('unknown-co-signature');
  // A Russian keyboard, small letters and no spaces do not matter.
  const typed = code.toLowerCase().replaceAll(' ', '').replaceAll('c', 'с').replaceAll('h', 'н');
  const shown = await work.must<CoSignature>('POST', '/api/co-signature', { code: typed, birth: SIDOROV.birth });
  expect(shown).toMatchObject({ signer: { ru: 'Супруг' }, signed: false });
  expect(shown.answers.map(({ value }) => value.ru)).toContain('нужно');
  const signAtHome = (digest: string) =>
    work.problem('POST', '/api/co-signature/sign', { code, birth: SIDOROV.birth, digest });
  const changed = await work.write(await work.read(applicationId), { answers: { ...draft.answers, why: 'иначе' } });
  expect((await signAtHome(shown.digest)).code).toBe('signature-outdated');
  const { digest } = await work.must<CoSignature>('POST', '/api/co-signature', { code, birth: SIDOROV.birth });
  expect((await signAtHome(digest)).status).toBeLessThan(300);
  expect((await signAtHome(digest)).status).toBeLessThan(300);
  expect(changed.signatures[0]?.state).toBe('invited');
  const file = await work.read(applicationId);
  expect(file.signatures).toMatchObject([{ state: 'signed', way: 'home' }]);
  const { rows: reads } = await node.database.pool.query(
    `select details from audit_entry where action = 'co-signer-read' and object = $1`,
    [`application ${applicationId}`],
  );
  expect(reads).toEqual([{ details: { signer: 'spouse' } }, { details: { signer: 'spouse' } }]);
  expect((await work.move(applicationId, 'register')).state).toBe('registered');
});

test('five wrong dates of birth, or three days, and a code is worth nothing; a newer code takes the place of an older', async () => {
  const { applicationId } = await drafted();
  await invite(applicationId, 'one@example.org');
  const first = await codeFor('one@example.org');
  await invite(applicationId, 'two@example.org');
  const second = await codeFor('two@example.org');
  expect((await look(first)).code).toBe('unknown-co-signature');
  const again = { signer: 'spouse', personId: spouse, contact: 'TWO@example.org', language: 'ru' };
  const invitations = `/api/applications/${applicationId}/signatures/invitations`;
  expect((await work.problem('POST', invitations, again)).code).toBe('code-too-often');
  for (let guess = 1; guess <= 4; guess += 1) await look(second, `190${guess}-01-01`);
  expect((await look(second)).status).toBeLessThan(300);
  for (let guess = 1; guess <= 5; guess += 1) await look(second, `190${guess}-01-01`);
  expect((await look(second)).code).toBe('unknown-co-signature');
  await invite(applicationId, 'three@example.org');
  const third = await codeFor('three@example.org');
  await node.stepTo(3 * 24 * 60 + 1);
  expect((await look(third)).code).toBe('unknown-co-signature');
  expect(states(await work.read(applicationId))).toEqual([['spouse', 'missing']]);
});

test('the table shows neither a code nor what was signed', async () => {
  const { rows } = await node.database.pool.query<{ row: string }>(
    'select to_jsonb(s)::text as row from application_signature s',
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { row } of rows) expect(row).not.toMatch(/Сидоров|нужно|1988/);
});
