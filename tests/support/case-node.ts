import { randomUUID } from 'node:crypto';
import type { ApplicationFile } from '../../contract/application-shapes.ts';
import type { Passport } from '../../contract/catalogue.ts';
import type { TestNode } from './test-node.ts';

type Variant = Passport['variants'][number];

/** A term in working days from the day after the registration, as Moscow counts. */
export const workingDays = (count: number): NonNullable<Variant['term']> => ({
  count,
  unit: 'working-day',
  starts: 'next-working-day',
  includesTransfer: true,
  promisedCount: null,
});

/** A variant that asks for a name and a passport, and gives something on paper. */
export function testVariant(change: Partial<Variant> = {}): Variant {
  return {
    code: 'usual',
    name: { ru: 'Обычный', en: 'Usual' },
    applicants: ['person'],
    form: [
      { name: 'fullName', label: { ru: 'ФИО', en: 'Full name' }, kind: 'text', fact: 'person.fullName' },
      { name: 'why', label: { ru: 'Причина', en: 'Reason' }, kind: 'text' },
    ],
    evidence: [
      {
        kind: 'passport',
        name: { ru: 'Паспорт', en: 'Passport' },
        need: 'must',
        broughtBy: 'applicant',
        original: 'shown',
        copies: 1,
        alternatives: null,
        shelfLifeDays: null,
      },
    ],
    acceptanceRefusals: [{ code: 'foreign', text: { ru: 'Не тот заявитель', en: 'Not the applicant' }, act: '210-ФЗ' }],
    suspensions: [
      {
        code: 'no-sheet',
        text: { ru: 'Не хватает листа', en: 'A sheet is missing' },
        fix: { ru: 'принесите лист 2', en: 'bring sheet 2' },
        act: '210-ФЗ',
        daysMax: 30,
        days: 'calendar-day',
        clock: 'pause',
      },
    ],
    refusals: [{ code: 'no-right', text: { ru: 'Нет права', en: 'No right' }, act: '210-ФЗ' }],
    term: workingDays(5),
    fees: [],
    results: [true, false].map((positive) => ({
      name: { ru: 'Решение', en: 'Decision' },
      positive,
      form: 'paper',
      collectedBy: 'representative',
      storageDays: 30,
      unclaimed: 'return-to-agency',
    })),
    ...change,
  };
}

export function testPassport(change: Partial<Passport> = {}, variant: Partial<Variant> = {}): Passport {
  const words = { ru: 'Услуга для проверки', en: 'A service for tests' };
  return {
    official: words,
    short: words,
    plain: words,
    level: 'federal',
    agency: { code: 'mvd', name: { ru: 'МВД России', en: 'Ministry of the Interior' } },
    acts: ['210-ФЗ'],
    channels: ['centre'],
    variants: [testVariant(variant)],
    extraterritorial: 'any',
    givenAt: ['district'],
    equipment: [],
    appointment: 'no',
    skillLevel: 1,
    minutesAtWindow: 10,
    lifeSituations: [],
    ...change,
  };
}

/** A person who is made up. */
export const IVANOVA = {
  surname: 'Иванова',
  name: 'Мария',
  patronymic: 'Петровна',
  birth: '1990-05-01',
  snils: '112-233-445 95',
  phone: '+79031234567',
  documents: [{ kind: 'passport', number: '45 08 123456', issuedOn: '2020-01-10' }],
};

/** Another invented person. */
export const SIDOROV = {
  surname: 'Сидоров',
  name: 'Пётр',
  birth: '1988-03-02',
  snils: '087-654-303 00',
  documents: [{ kind: 'passport', number: '45 11 222333', issuedOn: '2021-05-05' }],
};

/** A small scan: a sheet with two lines. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABQAQMAAACTceEGAAAABlBMVEX///8AAABVwtN+AAAACXBIWXMAAAsTAAALEwEAmpwYAAAAHUlEQVQokWNgoBb4DwakMmgH/sMs+E8KYxQMbQAAqlk7xbmEnjsAAAAASUVORK5CYII=',
  'base64',
);

export const REASON = { kind: 'reason', centreId: 1, reason: 'проверка программы' } as const;

/** What tests of applications do again and again. */
export function caseWork(node: TestNode) {
  const must = async <Reply>(method: string, path: string, body?: unknown): Promise<Reply> => {
    const answer = await node.ask(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as Reply;
  };
  const begin = (serviceId: string, personId: string, more: object = {}) =>
    must<ApplicationFile>('POST', '/api/applications', {
      commandId: randomUUID(),
      centreId: 1,
      serviceId,
      variant: 'usual',
      personId,
      ...more,
    });
  const write = ({ applicationId, edition, answers }: ApplicationFile, words: object = {}) =>
    must<ApplicationFile>('PUT', `/api/applications/${applicationId}/draft`, {
      edition,
      answers: { ...answers, why: 'нужно' },
      evidence: [{ kind: 'passport', seen: 'original-shown', copies: 1 }],
      ...words,
    });
  const move = (applicationId: string, name: string, more: object = {}) =>
    must<ApplicationFile>('POST', `/api/applications/${applicationId}/move`, {
      commandId: randomUUID(),
      move: name,
      ...more,
    });
  return {
    must,
    /** Publishes a service that is in force from the day of the test on. */
    publish: async (serviceId: string, passport: Passport, validFrom = '2026-01-01') => {
      await node.database.pool.query(
        `insert into catalogue_group (group_id, letter, name_ru, name_en, place) values ('passports', 'П', 'Паспорта', 'Passports', 1)
         on conflict do nothing`,
      );
      await must('PUT', `/api/catalogue/${serviceId}/draft`, { groupId: 'passports', passport });
      await node.database.pool.query(
        `update service_version set state = 'published', valid_from = $2, published_at = clock_timestamp() where service_id = $1 and state = 'draft'`,
        [serviceId, validFrom],
      );
    },
    person: async (identity: object = IVANOVA) =>
      (await must<{ personId: string }>('POST', '/api/persons', { purpose: REASON, identity })).personId,
    begin,
    write,
    move,
    registered: async (serviceId: string, personId: string, more: object = {}) =>
      move((await write(await begin(serviceId, personId, more))).applicationId, 'register'),
    read: (applicationId: string) => must<ApplicationFile>('GET', `/api/applications/${applicationId}`),
    problem: async (method: string, path: string, body?: unknown) => {
      const { status, body: said } = await node.ask(method, path, body);
      return { status, code: said.code, ...(said['params'] as object) } as { status: number; code?: string } & Record<
        string,
        unknown
      >;
    },
  };
}
