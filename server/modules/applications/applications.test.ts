import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApplicationFile } from '../../../contract/application-shapes.ts';
import { instantOf } from '../../../core/time/civil.ts';
import { caseWork, IVANOVA, PNG, REASON, testPassport, workingDays } from '../../../tests/support/case-node.ts';
import { cloneDatabase, startTestNode, type TestNode, ZONE } from '../../../tests/support/test-node.ts';

let node: TestNode;
let drop: () => Promise<void>;
let work: ReturnType<typeof caseWork>;
let personId: string;
let url: string;

/** Another person, each time. */
let others = 0;
const somebody = () => {
  others += 1;
  return work.person({ surname: `Петров${others}`, name: 'Пётр', birth: '1980-01-01', documents: [] });
};
/** Steps the clock to ten in the morning of a day; days only follow one another. */
const onDay = (day: string) => node.ask('POST', '/api/clock/step', { to: instantOf(day, '10:00', ZONE) });

beforeAll(async () => {
  const database = await cloneDatabase();
  ({ url, drop } = database);
  node = await startTestNode(url);
  work = caseWork(node);
  await work.publish('rf-passport', testPassport());
  await work.publish('two-weeks', testPassport({}, { term: workingDays(10) }));
  await work.publish('on-receipt', testPassport({}, { term: { ...workingDays(10), starts: 'on-receipt-by-agency' } }));
  await work.publish(
    'licence',
    testPassport({}, { term: { ...workingDays(9), unit: 'calendar-day', starts: 'next-day' } }),
  );
  await work.publish('own', testPassport({ agency: { code: 'mfc', name: { ru: 'Центр', en: 'Centre' } } }));
  await work.publish('paid', testPassport({}, { fees: [{ amount: 30_000, kbk: null, benefits: [] }] }));
  personId = await work.person();
});
afterAll(async () => {
  await node.close();
  await drop();
});

describe('at the window', () => {
  test('an application of five working days: number, dates, who answers for it (scenario 1)', async () => {
    const draft = await work.begin('rf-passport', personId);
    expect(draft).toMatchObject({ state: 'draft', number: null, answers: { fullName: 'Иванова Мария Петровна' } });
    const { applicationId } = await work.write(draft);
    const file = await work.move(applicationId, 'register');
    expect(file).toMatchObject({
      state: 'registered',
      number: '1-260219-0001',
      registeredOn: '2026-02-19',
      lastDay: '2026-02-27',
      dispatchBy: '2026-02-20',
      agencyBy: '2026-02-26',
      agencyId: 'mvd',
      standing: 'far',
      resultCentreId: 1,
    });
    expect(file.papers).toEqual([
      expect.objectContaining({ kind: 'application', form: 'form', place: 'centre' }),
      expect.objectContaining({ kind: 'passport', form: 'copy' }),
    ]);
    await work.move(applicationId, 'withdraw');
  });

  test('nothing is registered with a field or a document missing; nothing changes then', async () => {
    const { applicationId, edition, answers } = await work.begin('rf-passport', await somebody());
    const register = () =>
      work.problem('POST', `/api/applications/${applicationId}/move`, { commandId: randomUUID(), move: 'register' });
    expect(await register()).toMatchObject({
      status: 422,
      code: 'form-faulty',
      fields: [{ field: 'why', fault: 'missing' }],
    });
    await work.must('PUT', `/api/applications/${applicationId}/draft`, {
      edition,
      answers: { ...answers, why: 'нужно' },
      evidence: [],
    });
    expect(await register()).toMatchObject({
      status: 422,
      code: 'evidence-missing',
      documents: [{ kind: 'passport' }],
    });
    expect(await work.read(applicationId)).toMatchObject({ state: 'draft', number: null });
  });

  test('two specialists on one draft: the second is told, and writes over nothing', async () => {
    const draft = await work.begin('rf-passport', await somebody());
    const path = `/api/applications/${draft.applicationId}/draft`;
    const body = (why: string) => ({ edition: draft.edition, answers: { ...draft.answers, why }, evidence: [] });
    const both = await Promise.all([
      work.problem('PUT', path, body('первый')),
      work.problem('PUT', path, body('второй')),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.code).toBe('edition-changed');
  });

  test('a second application of the same kind warns with the first; one command is one application (scenario 28)', async () => {
    const person = await somebody();
    const open = await work.registered('rf-passport', person);
    const commandId = randomUUID();
    const body = { commandId, centreId: 1, serviceId: 'rf-passport', variant: 'usual', personId: person };
    expect(await work.problem('POST', '/api/applications', body)).toMatchObject({
      status: 409,
      code: 'application-open',
      number: open.number,
      since: '2026-02-19',
    });
    const twice = await Promise.all(
      [1, 2].map(() =>
        work.must<ApplicationFile>('POST', '/api/applications', { ...body, anotherBecause: 'второй экземпляр' }),
      ),
    );
    expect(new Set(twice.map(({ applicationId }) => applicationId)).size).toBe(1);
    expect(await work.problem('POST', '/api/applications', { ...body, serviceId: 'two-weeks' })).toMatchObject({
      code: 'command-conflict',
    });
    const [{ applicationId }] = twice as [ApplicationFile, ApplicationFile];
    const register = { commandId: randomUUID(), move: 'register' };
    await work.write(twice[0] as ApplicationFile);
    const numbers = await Promise.all(
      [1, 2].map(() => work.must<ApplicationFile>('POST', `/api/applications/${applicationId}/move`, register)),
    );
    expect(numbers[0]?.number).toBe(numbers[1]?.number);
  });

  test('a representative acts with a power of attorney, and may collect what the passport lets them', async () => {
    const [applicant, other] = [await somebody(), await somebody()];
    const mandate = { kind: 'mandate', number: '77 АА 1234567' };
    const nobody = { personId: randomUUID(), mandate };
    const body = { commandId: randomUUID(), centreId: 1, serviceId: 'own', variant: 'usual', personId: applicant };
    expect((await work.problem('POST', '/api/applications', { ...body, representative: nobody })).code).toBe(
      'unknown-person',
    );
    const draft = await work.begin('own', applicant, { representative: { personId: other, mandate } });
    expect(draft).toMatchObject({ personId: applicant, representativeId: other });
    await work.move((await work.write(draft)).applicationId, 'register');
    await work.move(draft.applicationId, 'decide-positive');
    const collector = { personId: other, documentSeen: true, signed: true };
    const { events } = await work.move(draft.applicationId, 'issue', { collector });
    expect(events.at(-1)?.details).toMatchObject({ as: 'representative' });
  });

  test.each([
    ['own-representative', null, 'один и тот же'],
    ['own-representative', { surname: 'Щеголева', name: 'анна', birth: '1979-04-05' }, 'один и тот же'],
    ['representative-under-age', { surname: 'Орлов', name: 'Пётр', birth: '2015-05-05' }, 'нет 18 лет'],
  ])('a representative who is the applicant or a child is refused: %s', async (code, other, sentence) => {
    const identity = { surname: 'Щёголева', name: 'Анна', birth: '1979-04-05', documents: [] };
    const add = async (more: object) =>
      (
        await work.must<{ personId: string }>('POST', '/api/persons', {
          purpose: REASON,
          identity: { ...identity, ...more },
          namesake: true,
        })
      ).personId;
    const applicant = await add({});
    const representativeId = other === null ? applicant : await add(other);
    const answer = await node.ask('POST', '/api/applications', {
      commandId: randomUUID(),
      centreId: 1,
      serviceId: 'own',
      variant: 'usual',
      personId: applicant,
      representative: { personId: representativeId, mandate: { kind: 'mandate', number: '77 АА 1234567' } },
    });
    expect([answer.status, answer.body.code]).toEqual([422, code]);
    expect(answer.body['detail']).toContain(sentence);
  });

  test('moves that the table does not have are refused with those that it has, and write nothing (scenario 29)', async () => {
    const draft = await work.begin('rf-passport', await somebody());
    const issue = await work.problem('POST', `/api/applications/${draft.applicationId}/move`, {
      commandId: randomUUID(),
      move: 'issue',
      collector: { personId, documentSeen: true, signed: true },
    });
    expect(issue).toMatchObject({ status: 409, code: 'move-not-allowed', state: 'draft' });
    expect(issue['allowed']).toContain('register');
    expect((await work.read(draft.applicationId)).events).toHaveLength(1);
  });

  test('a refusal names a ground of the passport, and no other (law 210-FZ)', async () => {
    const { applicationId } = await work.begin('rf-passport', await somebody());
    const refuse = (ground?: string) =>
      work.problem('POST', `/api/applications/${applicationId}/move`, {
        commandId: randomUUID(),
        move: 'refuse-acceptance',
        ...(ground === undefined ? {} : { ground }),
      });
    expect((await refuse()).code).toBe('ground-needed');
    expect((await refuse('своё')).status).toBe(400);
    expect((await refuse('made-up')).code).toBe('ground-needed');
    expect((await refuse('foreign')).status).toBeLessThan(300);
    expect(await work.read(applicationId)).toMatchObject({ state: 'acceptance-refused', registeredOn: null });
  });

  test('what was scanned once is found by its number, and serves a second application (scenario 27)', async () => {
    const person = await work.person({
      ...IVANOVA,
      surname: 'Сидорова',
      snils: undefined,
      phone: undefined,
      documents: [{ kind: 'passport', number: '45 09 765432', issuedOn: '2019-01-10' }],
    });
    const uploaded = await fetch(`${node.url}/api/files?name=passport.png`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: PNG,
    });
    const { fileId, state } = (await uploaded.json()) as { fileId: string; state: string };
    expect(state).toBe('clean');
    const document = { number: '45 09 765432', issuedOn: '2019-01-10' };
    const first = await work.write(await work.begin('rf-passport', person), {
      evidence: [{ kind: 'passport', seen: 'scan', document, fileIds: [fileId] }],
    });
    const second = await work.write(await work.begin('two-weeks', person), {
      evidence: [{ kind: 'passport', seen: 'scan', document: { ...document, number: '4509 765432' } }],
    });
    expect(first.evidence[0]?.files).toMatchObject([{ fileId, contentType: 'image/png' }]);
    expect(second.evidence[0]?.files).toEqual(first.evidence[0]?.files);
    const given = await fetch(`${node.url}/api/files/${fileId}`);
    expect(given.headers.get('content-type')).toContain('image/svg+xml');
    const shown = await given.text();
    expect(shown).toContain('data:image/png;base64,iVBORw0KGgo');
    expect(shown).toContain('nobody · 2026-02-19 07:00 UTC');
  });
});

describe('to the result', () => {
  test('the receipt is a PDF with Cyrillic; that it was printed is written down', async () => {
    const { applicationId } = await work.registered('paid', await somebody());
    for (const language of ['ru', 'en']) {
      const reply = await fetch(`${node.url}/api/applications/${applicationId}/receipt?lang=${language}`);
      expect(reply.headers.get('content-type')).toBe('application/pdf');
      const pdf = Buffer.from(await reply.arrayBuffer());
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.toString('latin1')).toContain('GolosText');
      if (process.env['KEEP_RECEIPT'] !== undefined)
        writeFileSync(`${process.env['KEEP_RECEIPT']}-${language}.pdf`, pdf);
    }
    const { rows } = await node.database.pool.query(`select from audit_entry where action = 'receipt-printed'`);
    expect(rows).toHaveLength(2);
  });

  test('a document to be signed comes from the template of its version; that it was printed is written down', async () => {
    const text = { ru: 'От {applicant}\n\nПричина: {answer:why}', en: 'From {applicant}\n\nReason: {answer:why}' };
    const statement = { code: 'statement', name: { ru: 'Заявление', en: 'Application' }, text, withAnswers: true };
    await work.publish('with-statement', testPassport({}, { templates: [statement] }));
    const { applicationId } = await work.begin('with-statement', await somebody());
    const document = (code: string) => fetch(`${node.url}/api/applications/${applicationId}/documents/${code}?lang=en`);
    const reply = await document('statement');
    expect(reply.headers.get('content-type')).toBe('application/pdf');
    const pdf = Buffer.from(await reply.arrayBuffer());
    expect(pdf.toString('latin1')).toContain('GolosText');
    if (process.env['KEEP_RECEIPT'] !== undefined) writeFileSync(`${process.env['KEEP_RECEIPT']}-statement.pdf`, pdf);
    expect((await document('nothing')).status).toBe(404);
    const { rows } = await node.database.pool.query(
      `select details from audit_entry where action = 'document-printed'`,
    );
    expect(rows).toEqual([{ details: { code: 'statement', version: 1 } }]);
  });

  test('what the centre decides itself is ready at once; it is given out only to a person whose document was seen', async () => {
    const person = await somebody();
    const { applicationId } = await work.registered('own', person);
    expect((await work.read(applicationId)).state).toBe('at-agency');
    expect((await work.move(applicationId, 'decide-positive')).state).toBe('ready');
    const issue = (collector?: object) =>
      work.problem('POST', `/api/applications/${applicationId}/move`, {
        commandId: randomUUID(),
        move: 'issue',
        collector,
      });
    expect((await issue()).code).toBe('identity-not-checked');
    expect((await issue({ personId: await somebody(), documentSeen: true, signed: true })).code).toBe(
      'identity-not-checked',
    );
    expect((await issue({ personId: person, documentSeen: true, signed: true })).status).toBeLessThan(300);
    expect(await work.read(applicationId)).toMatchObject({ state: 'issued', moves: [] });
  });

  test('a receipt tells what becomes of it, and nobody without its code', async () => {
    const { number, code } = await work.registered('rf-passport', await somebody());
    expect(code).toMatch(/^[2-9A-Z]{8}$/);
    const status = await work.must<{ state: string; lastDay: string }>('POST', '/api/application-status', {
      number,
      code: `${code?.slice(0, 4).toLowerCase()} ${code?.slice(4)}`,
    });
    expect(status).toMatchObject({ state: 'registered', lastDay: '2026-02-27', words: { ru: 'принято' }, toDo: null });
    expect(JSON.stringify(status)).not.toMatch(/Петров/);
    expect((await work.problem('POST', '/api/application-status', { number, code: 'AAAAAAAA' })).code).toBe(
      'unknown-application',
    );
  });

  test('a fee is charged by the passport of that day, paid at the terminal, and becomes a task when it is withdrawn (scenario 30)', async () => {
    const { applicationId, charges } = await work.registered('paid', await somebody());
    expect(charges).toMatchObject([{ amount: 30_000, state: 'awaiting', uin: expect.stringMatching(/^\d{20}$/) }]);
    const chargeId = charges[0]?.chargeId as string;
    const pay = () => work.problem('POST', `/api/charges/${chargeId}/pay-here`, { commandId: randomUUID() });
    expect((await pay()).status).toBeLessThan(300);
    expect((await pay()).code).toBe('charge-not-awaiting');
    const uin = charges[0]?.uin as string;
    const bank = { paymentId: 'bank-1', uin, amount: 30_000, source: 'bank', paidAt: node.now() };
    const said = await work.must<{ verdict: string }[]>('POST', '/api/payments', {
      payments: [bank, bank, { ...bank, paymentId: 'bank-2' }, { ...bank, paymentId: 'bank-3', uin: '1'.repeat(20) }],
    });
    expect(said.map(({ verdict }) => verdict)).toEqual(['fits', 'fits', 'twice', 'unknown-charge']);
    expect((await work.read(applicationId)).charges).toMatchObject([{ state: 'confirmed' }]);
    await work.move(applicationId, 'withdraw');
    expect((await work.read(applicationId)).charges).toMatchObject([{ state: 'refund-asked' }]);
    const tasks = await work.must<{ kind: string; applicationId: string }[]>('GET', '/api/centres/1/case-tasks');
    const own = tasks.filter((task) => task.applicationId === applicationId).map(({ kind }) => kind);
    expect(own.toSorted()).toEqual(['reconcile', 'refund']);
    await work.must('POST', `/api/charges/${chargeId}/refunded`, { commandId: randomUUID() });
    expect((await work.read(applicationId)).charges).toMatchObject([{ state: 'refunded' }]);
  });
});

describe('terms of applications', () => {
  test('a stop moves the last day; while it lasts the date is as if it ended today (scenario 18)', async () => {
    await onDay('2026-03-02');
    const { applicationId, lastDay } = await work.registered('two-weeks', await somebody());
    expect(lastDay).toBe('2026-03-17');
    await toAgency(applicationId);
    await onDay('2026-03-10');
    await work.move(applicationId, 'suspend', { ground: 'no-sheet' });
    await onDay('2026-03-20');
    expect(await work.move(applicationId, 'resume')).toMatchObject({ state: 'at-agency', lastDay: '2026-03-30' });
  });

  test('where the agency’s receipt counts, what the centre sends late is the centre’s (scenario 20)', async () => {
    await onDay('2026-04-30');
    const inTime = await work.registered('on-receipt', await somebody());
    const late = await work.registered('on-receipt', await somebody());
    expect(inTime.dispatchBy).toBe('2026-05-04');
    await onDay('2026-05-04');
    await toAgency(inTime.applicationId);
    expect(await work.read(inTime.applicationId)).toMatchObject({ lastDay: '2026-05-19' });
    await onDay('2026-05-05');
    await toAgency(late.applicationId);
    expect(await work.read(late.applicationId)).toMatchObject({ lastDay: '2026-05-20' });
    const { rows } = await node.database.pool.query<{ late: number }>(
      'select centre_late_days as late from application where application_id = $1',
      [late.applicationId],
    );
    expect(rows).toEqual([{ late: 1 }]);
  });

  test('a year that is not loaded: taken all the same, without a date, with a task; then the year is loaded (scenario 17)', async () => {
    await onDay('2026-12-22');
    const file = await work.registered('licence', await somebody());
    expect(file).toMatchObject({ state: 'registered', lastDay: null, termFault: 'calendar-missing 2027' });
    const tasks = await work.must<{ kind: string; applicationId: string }[]>('GET', '/api/centres/1/case-tasks');
    expect(tasks).toContainEqual(expect.objectContaining({ kind: 'term-unknown', applicationId: file.applicationId }));
    const year = {
      act: 'проект постановления',
      rest: '01-01..01-10 02-22..02-23 03-08 05-03 05-10 06-14 11-04 11-05 12-31',
      short: '',
      work: '',
      decree: '',
      provisional: true,
    };
    await work.must('PUT', '/api/calendar/2027', year);
    await expect.poll(async () => (await work.read(file.applicationId)).lastDay).toBe('2027-01-11');
    expect((await work.read(file.applicationId)).events.at(-1)).toMatchObject({
      move: 'recount',
      details: { from: null, to: '2027-01-11' },
    });
    const { recount } = await work.must<{ recount: object }>('GET', '/api/calendar');
    expect(recount).toMatchObject({ ended: true });
  });

  /** Has the papers handed over to the agency without a courier’s bag between. */
  async function toAgency(applicationId: string) {
    const { manifestId } = await work.must<{ manifestId: string }>('POST', '/api/centres/1/manifests', {
      commandId: randomUUID(),
      direction: 'out',
      agencyId: 'mvd',
    });
    const { papers } = await work.read(applicationId);
    for (const { barcode } of papers) await work.must('POST', `/api/manifests/${manifestId}/papers`, { barcode });
    await work.must('POST', `/api/manifests/${manifestId}/seal`, { seal: '7' });
    const lines = papers.map(({ barcode }) => ({ barcode, outcome: 'handed' }));
    await work.must('POST', `/api/manifests/${manifestId}/hand-over`, { commandId: randomUUID(), lines });
    expect((await work.read(applicationId)).state).toBe('at-agency');
  }
});

test('what nobody corrects in its time is sent back; what was suspended too long goes on', async () => {
  const [asked, stopped] = [
    await work.registered('own', await somebody()),
    await work.registered('own', await somebody()),
  ];
  await work.move(asked.applicationId, 'ask-fix', { ground: 'no-sheet' });
  await work.move(stopped.applicationId, 'suspend', { ground: 'no-sheet' });
  const db = node.database;
  await db.pool.query(`update application_stop set latest = from_day - 1 where until_day is null`);
  await node.close();
  node = await startTestNode(url);
  work = caseWork(node);
  expect((await work.read(asked.applicationId)).state).toBe('returned');
  expect((await work.read(stopped.applicationId)).state).toBe('at-agency');
});

test('a term is made longer once, within what the passport allows', async () => {
  const own = { agency: { code: 'mfc', name: { ru: 'Центр', en: 'Centre' } } };
  await work.publish('long', testPassport(own, { term: { ...workingDays(5), extensionMax: 10 } }));
  const { applicationId, lastDay } = await work.registered('long', await somebody());
  const extend = (count: number) =>
    work.problem('POST', `/api/applications/${applicationId}/extend`, { commandId: randomUUID(), count });
  expect(await extend(11)).toMatchObject({ code: 'extension-not-allowed', most: 10 });
  expect((await extend(10)).status).toBeLessThan(300);
  expect(((await work.read(applicationId)).lastDay as string) > (lastDay as string)).toBe(true);
  expect(await extend(1)).toMatchObject({ code: 'extension-not-allowed', most: 0 });
});

test('an open application moves to another version of its passport, with what that changes shown first', async () => {
  await work.publish('changing', testPassport());
  const file = await work.registered('changing', await somebody());
  await work.publish('changing', testPassport({}, { term: workingDays(3) }));
  const path = `/api/applications/${file.applicationId}/versions/2`;
  expect(await work.must('GET', path)).toEqual([{ path: 'term.count', before: 5, after: 3 }]);
  expect((await work.read(file.applicationId)).version).toBe(1);
  await work.must('POST', path);
  const moved = await work.read(file.applicationId);
  expect(moved.version).toBe(2);
  expect((moved.lastDay as string) < (file.lastDay as string)).toBe(true);
  expect(moved.events.at(-1)).toMatchObject({
    move: 'new-version',
    details: { from: 1, to: 2, changed: ['term.count'] },
  });
  expect((await work.problem('POST', `/api/applications/${file.applicationId}/versions/9`)).code).toBe(
    'unknown-service',
  );
});
