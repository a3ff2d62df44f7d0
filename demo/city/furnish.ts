import { randomBytes } from 'node:crypto';
import type { ScreenSettings } from '../../contract/screens.ts';
import { type CivilDate, instantOf } from '../../core/time/civil.ts';
import { USUAL_BOOKING } from '../../core/booking/setting.ts';
import { putBookingRule, putBookingSetting } from '../../server/modules/booking/index.ts';
import { putAgency } from '../../server/modules/applications/index.ts';
import { importPassports } from '../../server/modules/catalogue/index.ts';
import { importPackageTemplates } from '../../server/modules/packages/index.ts';
import { keepArrivals, switchAdvice } from '../../server/modules/planning/index.ts';
import { putHistory } from '../../server/modules/network/index.ts';
import { addNews } from '../../server/modules/site/index.ts';
import { setPrice } from '../../server/modules/promise/index.ts';
import { city, PROGRAM, setCity } from '../../server/platform/index.ts';
import { newStaffCode, putSettings, putStaffCode, USUAL_SCREENS } from '../../server/modules/screens/index.ts';
import { demoHistory } from './history.ts';
import { enrolDemoStaff } from './staff.ts';
import { DEMO_YEARS } from './years.ts';
import { STANDARD_PACKAGES } from '../passports/packages.ts';
import { STANDARD_PASSPORTS } from '../passports/standard.ts';
import { DEMO_DAY, DEMO_ZONE, demoCentreId, demoNetwork } from './network.ts';

/** The code of the demo's kiosks; a real installation has none until its staff set one. */
const DEMO_STAFF_CODE = '2580';

const situations: ScreenSettings['kiosk']['situations'] = [
  {
    name: { ru: 'Родился ребёнок', en: 'A child was born' },
    serviceIds: ['registration', 'child-benefit', 'benefits'],
  },
  { name: { ru: 'Исполнилось 14 лет', en: 'Turned 14' }, serviceIds: ['passport-14', 'collect'] },
  { name: { ru: 'Переезд', en: 'Moved home' }, serviceIds: ['registration', 'subsidy'] },
];

const questions: ScreenSettings['kiosk']['questions'] = [
  {
    serviceId: 'collect',
    text: { ru: 'Сколько документов вы получаете?', en: 'How many documents do you collect?' },
    answers: [
      { text: { ru: 'Один', en: 'One' }, serviceId: null, quantity: 1 },
      { text: { ru: 'Два', en: 'Two' }, serviceId: null, quantity: 2 },
      { text: { ru: 'Три и больше', en: 'Three or more' }, serviceId: null, quantity: 3 },
    ],
  },
];

const classes: ScreenSettings['kiosk']['classes'] = [
  {
    letter: 'H',
    ground: 'hero',
    text: { ru: 'Герои и полные кавалеры орденов', en: 'Heroes and full holders of orders' },
  },
  { letter: 'L', ground: 'disability', text: { ru: 'Инвалиды I и II групп', en: 'Disabled persons, groups I and II' } },
  { letter: 'L', ground: 'small-children', text: { ru: 'С ребёнком до трёх лет', en: 'With a child under three' } },
  { letter: 'L', ground: 'veteran', text: { ru: 'Ветераны войны', en: 'War veterans' } },
];

const runningText = {
  ru: 'Ждёте больше 15 минут — чай, кофе или какао за наш счёт. Номер появится на табло вместе с окном.',
  en: 'If you wait over 15 minutes, tea, coffee or cocoa is on us. Your number appears on the board with a window.',
};

const prices = { tea: 6_000, coffee: 12_000, cocoa: 9_000 } as const;

/**
 * What the screens of the demo's centres show and ask, what drinks cost, the code of its kiosks; and of the centre that a newcomer
 * is shown its past weeks, and that its hall wants to be advised.
 */
export async function furnishDemo(db: Parameters<typeof importPassports>[0]): Promise<void> {
  await furnishSite(db);
  for (const [drink, kopecks] of Object.entries(prices))
    await db.write((tx) => setPrice(tx, drink as keyof typeof prices, '2020-01-01' as CivilDate, kopecks));
  const shown = demoNetwork().find(({ centreId }) => centreId === demoCentreId());
  if (shown !== undefined) {
    await keepArrivals(db, demoHistory(shown, DEMO_DAY));
    await enrolDemoStaff(db, shown, DEMO_DAY);
    await db.write((tx) => switchAdvice(tx, shown.centreId, true, instantOf(DEMO_DAY, '00:00', DEMO_ZONE)));
  }
  for (const { year, entries } of DEMO_YEARS) await db.write((tx) => putHistory(tx, year, entries));
  const code = await newStaffCode(DEMO_STAFF_CODE, randomBytes(16), 'demo');
  for (const { centreId, services = [], groups } of demoNetwork()) {
    const known = new Set([
      ...services.map(({ serviceId }) => serviceId),
      ...groups.map(({ groupId }) => groupId as string),
    ]);
    const settings: ScreenSettings = {
      ...USUAL_SCREENS,
      kiosk: {
        ...USUAL_SCREENS.kiosk,
        situations: situations.filter(({ serviceIds }) => serviceIds.every((serviceId) => known.has(serviceId))),
        questions: questions.filter(({ serviceId }) => known.has(serviceId)),
        classes,
      },
      board: { ...USUAL_SCREENS.board, runningText, speech: ['ru', 'en'] },
    };
    await db.write((tx) => putSettings(tx, centreId, settings));
    await db.write((tx) => putStaffCode(tx, centreId, code));
  }
  // Last: a demo whose city has no name was not finished.
  await db.write((tx) => setCity(tx, { name: { ru: 'Город роботов', en: 'City of robots' }, timeZone: DEMO_ZONE }));
}

/** Whether all of the demo is there: a first start that was cut short leaves a part of it. */
export async function isFurnished(db: Parameters<typeof importPassports>[0]): Promise<boolean> {
  return (await db.read((tx) => city(tx))) !== null;
}

/** A letter that no group of the demo's centres has. */
const VEHICLES = { groupId: 'vehicles', letter: 'Т', name: { ru: 'Транспорт', en: 'Vehicles' } } as const;

/** What the public site shows and books: passports, the pads and inspectors of flagships, a little news. */
async function furnishSite(db: Parameters<typeof importPassports>[0]): Promise<void> {
  const network = demoNetwork();
  const now = instantOf(DEMO_DAY, '00:00', DEMO_ZONE);
  const known = network.flatMap(({ groups }) => groups);
  const used = new Map(known.map(({ groupId, letter, name }) => [groupId, { groupId, letter, name }]));
  const groups = [...used.values(), VEHICLES].map((group, place) => ({ ...group, place }));
  await importPassports(db, PROGRAM, { groups, passports: STANDARD_PASSPORTS }, DEMO_DAY);
  await importPackageTemplates(db, PROGRAM, STANDARD_PACKAGES, now, DEMO_DAY);
  for (const agency of demoAgencies) await db.write((tx) => putAgency(tx, agency, null, now));
  const took = { moreMinutes: 40, bufferMinutes: 5, resources: ['inspection-pad', 'inspector'], atHome: false };
  await db.write((tx) => putBookingRule(tx, { serviceId: 'vehicle-registration', ...took }));
  const home = { moreMinutes: 15, bufferMinutes: 45, resources: [], atHome: true };
  await db.write((tx) => putBookingRule(tx, { serviceId: 'home-visit', ...home }));
  await db.write((tx) => putBookingSetting(tx, demoCentreId(), { ...USUAL_BOOKING, resources: crews }, now));
  for (const { centreId } of network.filter(({ kind }) => kind === 'flagship'))
    await db.write((tx) => putBookingSetting(tx, centreId, { ...USUAL_BOOKING, resources: pads }, now));
  for (const { day, title, text } of news) await db.write((tx) => addNews(tx, day as CivilDate, title, text));
}

/** In the demo the funds answer by themselves, each with its behaviour; police and registry work on paper. */
const demoAgencies = [
  { agencyId: 'sfr', name: { ru: 'Социальный фонд России', en: 'Social Fund' }, behaviour: 'instant' },
  { agencyId: 'foms', name: { ru: 'Фонд медицинского страхования', en: 'Medical insurance fund' }, behaviour: 'slow' },
  {
    agencyId: 'dtszn',
    name: { ru: 'Департамент труда и социальной защиты', en: 'Social protection' },
    behaviour: 'question',
  },
  {
    agencyId: 'fns',
    name: { ru: 'Федеральная налоговая служба', en: 'Federal Tax Service' },
    behaviour: 'double-answer',
  },
  { agencyId: 'mintsifry', name: { ru: 'Минцифры России', en: 'Digital Development' }, behaviour: 'instant' },
  { agencyId: 'zags', name: { ru: 'Управление ЗАГС', en: 'Civil registry' }, behaviour: 'instant' },
].map(({ agencyId, name, behaviour }) => ({
  agencyId,
  name,
  adapter: 'mock' as const,
  setting: { behaviour: behaviour as 'instant' },
}));

const crews = [1, 2].map((unit) => ({
  kind: 'home-crew',
  unit,
  name: { ru: `Бригада ${unit}`, en: `Crew ${unit}` },
  hours: { opens: '09:00', closes: '18:00' },
  equipmentId: null,
}));

const pads = [1, 2].flatMap((unit) => [
  { kind: 'inspection-pad', unit, name: { ru: `Площадка ${unit}`, en: `Pad ${unit}` }, hours: null, equipmentId: null },
  {
    kind: 'inspector',
    unit,
    name: { ru: `Инспектор ${unit}`, en: `Inspector ${unit}` },
    hours: unit === 1 ? null : { opens: '11:00', closes: '19:00' },
    equipmentId: null,
  },
]);

const news = [
  {
    day: '2026-02-10',
    title: {
      ru: 'Машину можно поставить на учёт во флагманском центре',
      en: 'Cars are registered in flagship centres',
    },
    text: {
      ru: 'Осмотр на площадке с подъёмником, документы и номера — за один приезд. Запись обязательна.',
      en: 'Inspection on a pad with a lift, papers and plates, all in one visit. By appointment only.',
    },
  },
  {
    day: '2026-02-16',
    title: { ru: 'Запись на приём — в любой центр на 60 дней вперёд', en: 'Book a time in any centre, 60 days ahead' },
    text: {
      ru: 'Имя и документы для записи не нужны: только телефон или почта, чтобы прислать код.',
      en: 'No name and no document is needed: only a telephone or e-mail for the code.',
    },
  },
];
