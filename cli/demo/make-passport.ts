import type { Passport } from '../../contract/catalogue.ts';
import type { Words } from '../../server/modules/network/index.ts';

type Variant = Passport['variants'][number];
type Evidence = Variant['evidence'][number];
type Term = NonNullable<Variant['term']>;

const AGENCIES = {
  police: ['mvd', 'МВД России', 'Ministry of Internal Affairs'],
  traffic: ['gibdd', 'Госавтоинспекция', 'Traffic police'],
  registry: ['rosreestr', 'Росреестр', 'State registry of property'],
  fund: ['sfr', 'Социальный фонд России', 'Social Fund'],
  social: ['dtszn', 'Департамент труда и социальной защиты', 'Department of labour and social protection'],
  subsidies: ['gczhs', 'Городской центр жилищных субсидий', 'City centre of housing subsidies'],
  centres: ['mfc', 'Многофункциональные центры города', 'Service centres of the city'],
} as const;

export const say = (ru: string, en: string): Words => ({ ru, en });

export function paper(kind: string, ru: string, en: string, change: Partial<Evidence> = {}): Evidence {
  return {
    kind,
    name: say(ru, en),
    need: 'must',
    broughtBy: 'applicant',
    original: 'shown',
    copies: 0,
    alternatives: null,
    shelfLifeDays: null,
    ...change,
  };
}

export const PASSPORT = paper('passport', 'Паспорт', 'Passport');
export const FORM = paper('application', 'Заявление: заполнит специалист', 'Application: the specialist fills it in', {
  broughtBy: 'centre',
  original: 'handed-over',
});
export const PHOTO = paper('photo', 'Фотографии 35 × 45 мм, две', 'Two photographs, 35 × 45 mm', {
  original: 'handed-over',
});
export const SNILS = paper('snils', 'СНИЛС', 'Insurance number', { need: 'if-present' });

export function days(count: number, unit: Term['unit'], includesTransfer = false): Term {
  return { count, unit, starts: 'next-day', includesTransfer, promisedCount: null };
}

export const SAME_VISIT: Term = {
  count: 0,
  unit: 'same-visit',
  starts: 'same-day',
  includesTransfer: false,
  promisedCount: null,
};

interface Known {
  readonly name: Words;
  readonly plain?: Words;
  readonly agency: keyof typeof AGENCIES;
  readonly level?: Passport['level'];
  readonly evidence: readonly Evidence[];
  readonly term: Term;
  readonly rubles?: readonly number[];
  readonly result: Words;
  readonly minutes: number;
  readonly skill?: Passport['skillLevel'];
  readonly situations?: readonly string[];
  readonly change?: Partial<Passport>;
}

/** A passport from what is known of a service. */
export function passport(known: Known): Passport {
  const { name, plain = name, agency, level = 'federal', evidence, term, rubles = [], result, minutes } = known;
  const [code, ru, en] = AGENCIES[agency];
  return {
    official: name,
    short: name,
    plain,
    level,
    agency: { code, name: say(ru, en) },
    acts: [],
    channels: ['centre', 'portal'],
    variants: [
      {
        code: 'usual',
        name: say('Обычный порядок', 'As usual'),
        applicants: ['person'],
        evidence: [...evidence],
        acceptanceRefusals: [],
        suspensions: [],
        refusals: [],
        term,
        fees: rubles.map((amount) => ({ amount: amount * 100, kbk: null, benefits: [] })),
        results: [
          {
            name: result,
            positive: true,
            form: 'paper',
            collectedBy: 'applicant',
            storageDays: 90,
            unclaimed: 'return-to-agency',
          },
        ],
      },
    ],
    extraterritorial: 'any',
    givenAt: ['district', 'flagship', 'mobile', 'seasonal'],
    equipment: [],
    appointment: 'possible',
    skillLevel: known.skill ?? 1,
    minutesAtWindow: minutes,
    lifeSituations: [...(known.situations ?? [])],
    ...known.change,
  };
}
