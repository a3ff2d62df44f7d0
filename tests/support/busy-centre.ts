import { addDays, type CivilDate } from '../../core/time/civil.ts';
import { enrolSpecialist } from '../../server/modules/people/index.ts';
import { keepArrivals } from '../../server/modules/planning/index.ts';
import { DAY, testCentre, type TestNode } from './test-node.ts';

/** A centre with the usual rules of a hall: the promise holds there, and some visitors go first by law. */
export const busyCentre = testCentre(2, {
  rules: {
    answerSeconds: null,
    calls: { recallsMax: 3, cooldownSeconds: 0, noShowSeconds: null, returnsMax: 2 },
    promise: { waitSeconds: 900, servedSeconds: 0 },
    closingGraceMinutes: null,
    classes: [{ letter: 'L', limitMinutes: 5, weight: 1 }],
  },
  services: [
    {
      serviceId: 'passport-14',
      groupId: 'passports',
      level: 1,
      minutes: 15,
      name: { ru: 'Паспорт впервые (14 лет)', en: 'First passport (age 14)' },
    },
    {
      serviceId: 'child-benefit',
      groupId: 'benefits',
      level: 1,
      minutes: 10,
      name: { ru: 'Пособие на ребёнка', en: 'Child benefit' },
    },
  ],
  windows: [
    { windowId: 1, groupIds: ['passports', 'benefits'] },
    { windowId: 2, groupIds: ['property'] },
  ],
  zones: [
    { zoneId: 1, name: { ru: 'А', en: 'A' }, windowIds: [1] },
    { zoneId: 2, name: { ru: 'Б', en: 'B' }, windowIds: [2] },
  ],
});

const both = (ru: string, en: string) => ({ ru, en });

export const BUSY_SCREENS = {
  kiosk: {
    printing: 'none',
    idleSeconds: 15,
    situations: [{ name: both('Родился ребёнок', 'A child was born'), serviceIds: ['child-benefit', 'passports'] }],
    questions: [
      {
        serviceId: 'child-benefit',
        text: both('Сколько детей?', 'How many children?'),
        answers: [
          { text: both('Один', 'One'), serviceId: null, quantity: 1 },
          { text: both('Двое', 'Two'), serviceId: null, quantity: 2 },
        ],
      },
    ],
    classes: [{ letter: 'L', ground: 'disability', text: both('Инвалиды', 'Disabled persons') }],
  },
  board: {
    runningText: both('Добро пожаловать', 'Welcome'),
    speech: ['ru', 'en'],
    chime: true,
    mediaAfterSeconds: null,
  },
  hall: { waitMinutes: 10, perWindow: 3, breakAfterMinutes: 120, forgottenMinutes: 40 },
};

/** Four weeks before the test day: some ten visitors in each half hour. */
function pastWeeks() {
  const days = Array.from({ length: 28 }, (_, back) => addDays(DAY as CivilDate, -1 - back));
  return days.flatMap((day) =>
    ['passports', 'property'].flatMap((groupId) =>
      Array.from({ length: 24 }, (_, half) => ({
        centreId: 2,
        day,
        groupId,
        halfHour: 16 + half,
        visitors: 2 + (half % 3),
      })),
    ),
  );
}

const SPECIALISTS = ['Белова Анна', 'Виноградов Денис', 'Громова Мария', 'Котов Глеб', 'Орлова Вера'];

/** Sets the screens of the busy centre, the code of its kiosks (2580), its past weeks, and that its hall is advised. */
export async function furnish(node: TestNode): Promise<void> {
  await node.ask('PUT', '/api/centres/2/screens', BUSY_SCREENS);
  await node.ask('PUT', '/api/centres/2/screens/staff-code', { code: '2580' });
  await keepArrivals(node.database, pastWeeks());
  await node.ask('PUT', '/api/centres/2/advice-setting', { enabled: true });
}

/** Gives the busy centre its people. */
export async function enrol(node: TestNode): Promise<void> {
  for (const [index, name] of SPECIALISTS.entries())
    await node.database.write((tx) => enrolSpecialist(tx, 2, { login: `busy-${index + 1}`, name }));
}
