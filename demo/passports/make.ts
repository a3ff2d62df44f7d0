import type { Passport } from '../../contract/catalogue.ts';
import type { NewPassport } from '../../server/modules/catalogue/index.ts';
import type { Words } from '../../server/modules/network/index.ts';
import { SIGNED_DOCUMENTS } from './signed-documents.ts';

type Variant = Passport['variants'][number];
type Evidence = Variant['evidence'][number];
type Field = NonNullable<Variant['form']>[number];
type Term = NonNullable<Variant['term']>;
type Source = NonNullable<Passport['sources']>[number];

/** Who decides, by the codes that are used here. */
const AGENCIES = {
  mvd: ['МВД России', 'Ministry of Internal Affairs'],
  gibdd: ['Госавтоинспекция', 'Traffic police'],
  rosreestr: ['Росреестр', 'State registry of property'],
  sfr: ['Социальный фонд России', 'Social Fund'],
  dtszn: ['Департамент труда и социальной защиты', 'Department of labour and social protection'],
  gczhs: ['Городской центр жилищных субсидий', 'City centre of housing subsidies'],
  zags: ['Управление ЗАГС', 'Civil registry'],
  fns: ['Федеральная налоговая служба', 'Federal Tax Service'],
  foms: ['Фонд обязательного медицинского страхования', 'Medical insurance fund'],
  mintsifry: ['Минцифры России', 'Ministry of Digital Development'],
  ampp: ['Администратор парковок', 'Administration of parking'],
  dgi: ['Департамент городского имущества', 'Department of city property'],
  archive: ['Главное архивное управление', 'City archive'],
  nature: ['Департамент природопользования', 'Department of nature'],
  mfc: ['Многофункциональные центры города', 'Service centres of the city'],
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

/** A document that the centre asks of an agency itself, so that nobody has to bring it (210-ФЗ, ст. 7, ч. 1, п. 2). */
export function query(kind: string, ru: string, en: string, askedOf: keyof typeof AGENCIES): Evidence {
  return paper(kind, ru, en, { broughtBy: 'agency-query', original: 'not-needed', askedOf });
}

/** A field of a form; one with a fact is filled in with what is known. */
export function field(name: string, ru: string, en: string, change: Partial<Field> = {}): Field {
  return { name, label: say(ru, en), kind: 'text', ...change };
}

/** Number of working days from the working day after the registration: the way to the agency and back is part of it. */
export function workingDays(count: number): Term {
  return { count, unit: 'working-day', starts: 'next-working-day', includesTransfer: true, promisedCount: null };
}

export function calendarDays(count: number): Term {
  return { count, unit: 'calendar-day', starts: 'next-day', includesTransfer: true, promisedCount: null };
}

export function months(count: number, extensionMax = 0): Term {
  const term = { count, unit: 'month', starts: 'next-day', includesTransfer: true, promisedCount: null } as const;
  return extensionMax === 0 ? term : { ...term, extensionMax };
}

export const SAME_VISIT: Term = {
  count: 0,
  unit: 'same-visit',
  starts: 'same-visit',
  includesTransfer: false,
  promisedCount: null,
};

/** One way of having a service, where it differs from the others. */
interface VariantOf {
  readonly code: string;
  readonly name: Words;
  readonly applicants?: Variant['applicants'];
  readonly docs?: readonly Evidence[];
  readonly form?: readonly Field[];
  readonly term?: Term;
  readonly rubles?: readonly number[];
  readonly signers?: NonNullable<Variant['signers']>;
  readonly absence?: NonNullable<Variant['absence']>;
  readonly refusedAtOnce?: Variant['acceptanceRefusals'];
}

/** What is known of a service. */
export interface Known {
  readonly serviceId: string;
  readonly groupId: string;
  readonly name: Words;
  readonly plain?: Words;
  readonly agency: keyof typeof AGENCIES;
  readonly level?: Passport['level'];
  readonly acts?: readonly string[];
  readonly docs: readonly Evidence[];
  readonly form: readonly Field[];
  readonly term: Term;
  readonly rubles?: readonly number[];
  readonly result: Words;
  readonly resultForm?: 'paper' | 'electronic' | 'both';
  readonly storageDays?: number;
  readonly minutes: number;
  readonly skill?: Passport['skillLevel'];
  readonly situations?: readonly string[];
  readonly variants?: readonly VariantOf[];
  /** Where each kind of fact was found; what is not named here is recalled, and says so. */
  readonly found?: Partial<Record<Source['of'], string>>;
  readonly change?: Partial<Passport>;
}

/** When the facts of this set were last looked at. Nothing here has been compared with the act itself. */
const CHECKED_ON = '2026-11-23' as Source['checkedOn'];
const RECALLED = 'по памяти; сверить с действующим регламентом';
const KINDS_OF_FACT: readonly Source['of'][] = ['name', 'documents', 'term', 'fee', 'result', 'place', 'grounds'];

const ACCEPTANCE: Variant['acceptanceRefusals'] = [
  {
    code: 'no-identity',
    text: say('Личность заявителя не подтверждена документом', 'The applicant has not proved their identity'),
    act: '210-ФЗ, ст. 7',
    fix: say('Принесите действующий паспорт', 'Bring a valid passport'),
  },
  {
    code: 'not-the-applicant',
    text: say(
      'Обратился не тот, кому положена услуга, и без доверенности',
      'Another person applies, without a power of attorney',
    ),
    act: '210-ФЗ, ст. 7',
    fix: say('Придите сами или оформите доверенность', 'Come yourself, or give a power of attorney'),
  },
  {
    code: 'cannot-be-read',
    text: say('Документ повреждён, исправлен или не читается', 'A document is damaged, altered or cannot be read'),
    act: '210-ФЗ, ст. 7',
    fix: say('Получите документ заново', 'Have a new document issued'),
  },
  {
    code: 'not-in-force',
    text: say('Срок действия документа истёк', 'A document is not in force any more'),
    act: '210-ФЗ, ст. 7',
    fix: say('Обновите документ', 'Renew the document'),
  },
];

const SUSPENSIONS: Variant['suspensions'] = [
  {
    code: 'something-missing',
    text: say(
      'Нет документа или сведений, без которых нельзя решить',
      'Something is missing without which nobody can decide',
    ),
    act: '210-ФЗ, ст. 7',
    fix: say('Донесите то, что названо в уведомлении', 'Bring what the notice names'),
    daysMax: 30,
    days: 'calendar-day',
    clock: 'pause',
  },
  {
    code: 'to-be-corrected',
    text: say('В заявлении ошибка', 'The application has a mistake'),
    act: '210-ФЗ, ст. 7',
    fix: say('Исправьте заявление', 'Correct the application'),
    daysMax: 10,
    days: 'working-day',
    clock: 'restart',
  },
];

const REFUSALS: Variant['refusals'] = [
  {
    code: 'no-right',
    text: say('Нет права на услугу', 'There is no right to it'),
    act: 'регламент услуги',
  },
  {
    code: 'not-true',
    text: say('Сведения не подтвердились', 'What was said turned out not to be so'),
    act: 'регламент услуги',
    fix: say('Подайте заявление снова с верными сведениями', 'Apply again with what is so'),
  },
];

/** A passport from what is known of a service. */
export function service(known: Known): NewPassport {
  const { name, plain = name, agency, level = 'federal', minutes } = known;
  const [ru, en] = AGENCIES[agency];
  const usual: VariantOf = { code: 'usual', name: say('Обычный порядок', 'As usual') };
  return {
    serviceId: known.serviceId,
    groupId: known.groupId,
    passport: {
      official: name,
      short: name,
      plain,
      level,
      agency: { code: agency, name: say(ru, en) },
      acts: [...(known.acts ?? [])],
      channels: ['centre', 'portal'],
      variants: (known.variants ?? [usual]).map((one) => variantOf(known, one)),
      extraterritorial: 'any',
      givenAt: ['district', 'flagship', 'mobile', 'seasonal'],
      equipment: [],
      appointment: 'possible',
      skillLevel: known.skill ?? 1,
      minutesAtWindow: minutes,
      lifeSituations: [...(known.situations ?? [])],
      sources: KINDS_OF_FACT.map((of) => ({
        of,
        source: known.found?.[of] ?? RECALLED,
        checkedOn: CHECKED_ON,
        recalled: known.found?.[of] === undefined,
      })),
      ...known.change,
    },
  };
}

function variantOf(known: Known, variant: VariantOf): Variant {
  const { code, name, applicants, docs = [], form = [], term, rubles, signers, absence, refusedAtOnce = [] } = variant;
  const result = {
    form: known.resultForm ?? 'paper',
    collectedBy: 'representative',
    storageDays: known.storageDays ?? 30,
    unclaimed: 'return-to-agency',
  } as const;
  return {
    code,
    name,
    applicants: applicants ?? ['person'],
    form: [...known.form, ...form],
    evidence: [...known.docs, ...docs],
    ...(signers === undefined ? {} : { signers }),
    ...(absence === undefined ? {} : { absence }),
    templates: [...SIGNED_DOCUMENTS],
    acceptanceRefusals: [...ACCEPTANCE, ...refusedAtOnce],
    suspensions: SUSPENSIONS,
    refusals: REFUSALS,
    term: term ?? known.term,
    fees: (rubles ?? known.rubles ?? []).map((amount) => ({ amount: amount * 100, kbk: null, benefits: [] })),
    results: [
      { ...result, name: known.result, positive: true },
      { ...result, name: say('Уведомление об отказе', 'Notice of refusal'), positive: false },
    ],
  };
}
