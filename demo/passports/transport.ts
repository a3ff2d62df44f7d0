import {
  ADDRESS,
  APPLICANT,
  FORM,
  HOME_IN_REGISTRY,
  NEW_PASSPORT,
  PASSPORT,
  PHOTO,
  RIGHT,
  VEHICLE,
} from './asked-for.ts';
import { calendarDays, field, paper, SAME_VISIT, say, service, workingDays } from './make.ts';

const OLD_LICENCE = paper('old-licence', 'Прежнее удостоверение', 'The old licence', {
  need: 'if-present',
  original: 'handed-over',
});
const MEDICAL = paper('medical', 'Медицинское заключение 003-В/у', 'Medical certificate', {
  original: 'handed-over',
  shelfLifeDays: 365,
});
const PLATE = field('plate', 'Номер машины или VIN', 'Plate or VIN');

/** Cars and who drives them. */
export const TRANSPORT_SERVICES = [
  service({
    serviceId: 'driving-licence',
    groupId: 'vehicles',
    name: say('Водительское удостоверение', 'Driving licence'),
    plain: say('Заменить права: истёк срок, потеряны, новая фамилия', 'Change a licence: expired, lost, new name'),
    agency: 'gibdd',
    docs: [FORM, PASSPORT, OLD_LICENCE],
    form: [
      ...APPLICANT,
      ADDRESS,
      field('reason', 'Почему меняете', 'Why', {
        kind: 'choice',
        options: [
          { value: 'expired', label: say('истёк срок', 'expired') },
          { value: 'lost', label: say('утеряно', 'lost') },
          { value: 'name', label: say('новая фамилия', 'a new name') },
        ],
      }),
    ],
    term: calendarDays(9),
    rubles: [2_000],
    result: say('Водительское удостоверение', 'The driving licence'),
    storageDays: 90,
    minutes: 15,
    skill: 2,
    situations: ['car', 'new-name'],
    variants: [
      {
        code: 'usual',
        name: say('Замена', 'Exchange'),
        docs: [{ ...MEDICAL, when: { field: 'reason', is: ['expired'] } }],
      },
      { code: 'new-name', name: say('После перемены фамилии', 'After a new surname'), docs: [NEW_PASSPORT] },
    ],
    found: { documents: 'm24.ru/articles/prava', fee: 'karrida.ru (редакция 2018 года)' },
  }),
  service({
    serviceId: 'international-licence',
    groupId: 'vehicles',
    name: say('Международное водительское удостоверение', 'International driving licence'),
    agency: 'gibdd',
    docs: [FORM, PASSPORT, paper('licence', 'Водительское удостоверение', 'Driving licence', { copies: 1 }), PHOTO],
    form: [...APPLICANT, field('licenceNumber', 'Номер национального удостоверения', 'Number of the national licence')],
    term: workingDays(15),
    rubles: [1_600],
    result: say('Международное удостоверение', 'The international licence'),
    storageDays: 90,
    minutes: 15,
    situations: ['car'],
    found: { documents: 'regaus.ru' },
  }),
  service({
    serviceId: 'vehicle-registration',
    groupId: 'vehicles',
    name: say('Регистрация транспортного средства', 'Vehicle registration'),
    plain: say(
      'Поставить машину на учёт: осмотр и номера за один приезд',
      'Register a car: inspection and plates in one visit',
    ),
    agency: 'gibdd',
    docs: [
      FORM,
      PASSPORT,
      paper('vehicle-passport', 'Паспорт машины', 'The vehicle’s passport'),
      paper('contract', 'Договор купли-продажи', 'The contract of sale', { copies: 1 }),
      paper('insurance', 'Полис ОСАГО', 'Liability insurance', { need: 'if-present' }),
      paper(
        'vehicle',
        'Сама машина: её осмотрят на площадке с подъёмником',
        'The car itself: it is inspected on a pad with a lift',
      ),
    ],
    form: [...APPLICANT, ADDRESS, PLATE],
    term: SAME_VISIT,
    rubles: [2_000, 500],
    result: say('Свидетельство о регистрации и номера', 'Registration certificate and plates'),
    minutes: 40,
    skill: 3,
    situations: ['car'],
    found: { fee: 'znaypravila.ru (Налоговый кодекс, ст. 333.33)' },
    change: { appointment: 'required', givenAt: ['flagship'], equipment: ['inspection-pad', 'inspector'] },
  }),
  service({
    serviceId: 'parking-permit',
    groupId: 'vehicles',
    name: say('Резидентное парковочное разрешение', 'Parking permit for residents'),
    agency: 'ampp',
    level: 'city',
    docs: [
      FORM,
      PASSPORT,
      RIGHT,
      paper('vehicle-certificate', 'Свидетельство о регистрации машины', 'The car’s certificate', { copies: 1 }),
      HOME_IN_REGISTRY,
      VEHICLE,
    ],
    form: [...APPLICANT, ADDRESS, PLATE],
    term: workingDays(6),
    rubles: [3_000],
    result: say('Запись в реестре разрешений', 'An entry in the register of permits'),
    resultForm: 'electronic',
    minutes: 12,
    situations: ['car'],
  }),
];
