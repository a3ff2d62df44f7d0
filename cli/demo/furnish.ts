import { randomBytes } from 'node:crypto';
import type { ScreenSettings } from '../../contract/screens.ts';
import { type CivilDate, instantOf } from '../../core/time/civil.ts';
import { keepArrivals, switchAdvice } from '../../server/modules/planning/index.ts';
import { setPrice } from '../../server/modules/promise/index.ts';
import { setCity } from '../../server/administration.ts';
import { newStaffCode, putSettings, putStaffCode, USUAL_SCREENS } from '../../server/modules/screens/index.ts';
import { demoHistory } from './demo-history.ts';
import { DEMO_DAY, DEMO_ZONE, demoCentreId, demoNetwork } from './demo-network.ts';

/** The code of the demo's kiosks; a real installation has none until somebody sets one. */
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
export async function furnishDemo(queries: Parameters<typeof keepArrivals>[0]): Promise<void> {
  await setCity(queries, { name: { ru: 'Город роботов', en: 'City of robots' }, timeZone: DEMO_ZONE });
  for (const [drink, kopecks] of Object.entries(prices))
    await setPrice(queries, drink as keyof typeof prices, '2020-01-01' as CivilDate, kopecks);
  const shown = demoNetwork().find(({ centreId }) => centreId === demoCentreId());
  if (shown !== undefined) {
    await keepArrivals(queries, demoHistory(shown, DEMO_DAY));
    await switchAdvice(queries, shown.centreId, true, instantOf(DEMO_DAY, '00:00', DEMO_ZONE));
  }
  const code = await newStaffCode(DEMO_STAFF_CODE, randomBytes(16));
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
    await putSettings(queries, centreId, settings);
    await putStaffCode(queries, centreId, code);
  }
}
