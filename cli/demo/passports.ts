import type { NewPassport } from '../../server/modules/catalogue/index.ts';
import { days, FORM, paper, PASSPORT, passport, PHOTO, SAME_VISIT, say, SNILS } from './make-passport.ts';

/**
 * The ten services that the city's people ask for most, with vehicles and driving licences: documents, terms and fees as they were
 * published (2017–2025); a real installation writes its own in the office.
 */
export const demoPassports: readonly NewPassport[] = [
  {
    serviceId: 'recalculation',
    groupId: 'benefits',
    passport: passport({
      name: say('Перерасчёт платы за жилищно-коммунальные услуги', 'Recalculation of housing and utility payments'),
      plain: say(
        'Вернуть плату за коммунальные услуги, когда вас не было дома',
        'Pay less for utilities when you were away',
      ),
      agency: 'centres',
      level: 'city',
      evidence: [
        FORM,
        PASSPORT,
        paper(
          'absence',
          'Что вас не было: билеты, справка, командировочное',
          'Proof of absence: tickets, a certificate',
        ),
        paper('meter', 'Акт, что счётчик поставить нельзя', 'A statement that no meter can be put in', {
          need: 'if-present',
        }),
      ],
      term: days(5, 'working-day'),
      result: say('Новое начисление в платёжном документе', 'A new charge in the bill'),
      minutes: 10,
      situations: ['housing'],
    }),
  },
  {
    serviceId: 'housing-record',
    groupId: 'extracts',
    passport: passport({
      name: say('Информация жилищного учёта', 'Housing records'),
      plain: say(
        'Единый жилищный документ, выписка из домовой книги',
        'Housing certificate, extract from the house register',
      ),
      agency: 'centres',
      level: 'city',
      evidence: [
        PASSPORT,
        paper('right', 'Право на жильё, если оно не в реестре', 'Title to the home, if not in the registry', {
          need: 'if-present',
        }),
      ],
      term: SAME_VISIT,
      result: say('Выписка или справка', 'An extract or certificate'),
      minutes: 8,
      situations: ['housing', 'moving'],
    }),
  },
  {
    serviceId: 'social-card',
    groupId: 'benefits',
    passport: passport({
      name: say('Социальная карта', 'Social card'),
      plain: say('Карта москвича: проезд, скидки, выплаты', 'City card: travel, discounts, payments'),
      agency: 'social',
      level: 'city',
      evidence: [FORM, PASSPORT, PHOTO, SNILS, paper('benefit', 'Документ о льготе', 'Proof of the benefit')],
      term: days(30, 'calendar-day'),
      result: say('Социальная карта', 'The social card'),
      minutes: 12,
      situations: ['pension', 'child'],
    }),
  },
  {
    serviceId: 'registration',
    groupId: 'passports',
    passport: passport({
      name: say('Регистрация по месту жительства', 'Registration of residence'),
      plain: say('Прописка: зарегистрироваться в квартире', 'Be registered at your home'),
      agency: 'police',
      evidence: [
        FORM,
        PASSPORT,
        paper('home-basis', 'Основание: право на жильё или договор', 'The basis: title or contract'),
        paper(
          'consent',
          'Согласие собственников: на приёме или у нотариуса',
          'Consent of the owners: here or by a notary',
        ),
      ],
      term: days(6, 'calendar-day'),
      result: say('Отметка в паспорте; ребёнку — свидетельство', 'A stamp in the passport; a certificate for a child'),
      minutes: 12,
      situations: ['moving', 'child'],
    }),
  },
  {
    serviceId: 'property',
    groupId: 'property',
    passport: passport({
      name: say('Регистрация прав на недвижимость', 'Registration of property rights'),
      plain: say('Оформить квартиру, дом или участок', 'Register a flat, house or plot'),
      agency: 'registry',
      evidence: [
        FORM,
        PASSPORT,
        paper('contract', 'Договор или другое основание', 'The contract or another basis', {
          original: 'handed-over',
          copies: 1,
        }),
        paper('mandate', 'Доверенность, если действует представитель', 'Power of attorney, if somebody acts for you', {
          need: 'if-present',
        }),
      ],
      term: days(9, 'working-day', true),
      rubles: [4_000],
      result: say('Выписка из реестра недвижимости', 'Extract from the property registry'),
      minutes: 20,
      skill: 2,
      situations: ['housing'],
    }),
  },
  {
    serviceId: 'subsidy',
    groupId: 'benefits',
    passport: passport({
      name: say('Субсидия на оплату жилого помещения и коммунальных услуг', 'Housing subsidy'),
      plain: say('Помощь с оплатой квартиры, если она дорога', 'Help with the rent if it is too dear'),
      agency: 'subsidies',
      level: 'city',
      evidence: [
        FORM,
        PASSPORT,
        paper('income', 'Доходы семьи за шесть месяцев', 'The family’s income of six months'),
        paper('right', 'Право на жильё', 'Title to the home'),
      ],
      term: days(10, 'working-day'),
      result: say('Уведомление о субсидии', 'Notice of the subsidy'),
      minutes: 20,
      skill: 2,
      situations: ['housing'],
    }),
  },
  {
    serviceId: 'property-extract',
    groupId: 'property',
    passport: passport({
      name: say('Сведения из реестра недвижимости', 'Information from the property registry'),
      plain: say('Выписка о квартире, доме или участке', 'Extract on a flat, house or plot'),
      agency: 'registry',
      evidence: [FORM, PASSPORT],
      term: days(3, 'working-day'),
      result: say('Выписка', 'An extract'),
      minutes: 10,
      situations: ['housing'],
    }),
  },
  {
    serviceId: 'passport',
    groupId: 'passports',
    passport: passport({
      name: say('Паспорт гражданина России', 'Passport of a citizen'),
      plain: say(
        'Получить или заменить паспорт: 14, 20, 45 лет, утрата, новая фамилия',
        'Get or change a passport: at 14, 20, 45, lost, new name',
      ),
      agency: 'police',
      evidence: [
        FORM,
        paper('old-passport', 'Прежний паспорт, если он есть', 'The old passport, if there is one', {
          need: 'if-present',
          original: 'handed-over',
        }),
        PHOTO,
        paper('civil-status', 'Свидетельства о рождении, браке', 'Certificates of birth and marriage', {
          need: 'if-present',
        }),
      ],
      term: days(5, 'working-day'),
      rubles: [300, 1_500],
      result: say('Паспорт', 'The passport'),
      minutes: 15,
      skill: 2,
      situations: ['turned-14', 'new-name'],
    }),
  },
  {
    serviceId: 'snils',
    groupId: 'extracts',
    passport: passport({
      name: say('Регистрация в системе пенсионного учёта (СНИЛС)', 'Pension registration (SNILS)'),
      plain: say('Получить СНИЛС или исправить данные', 'Get an insurance number or correct its data'),
      agency: 'fund',
      evidence: [FORM, PASSPORT],
      term: SAME_VISIT,
      result: say('Уведомление с номером', 'Notice with the number'),
      minutes: 8,
      situations: ['child', 'turned-14'],
    }),
  },
  {
    serviceId: 'migration',
    groupId: 'passports',
    passport: passport({
      name: say('Миграционный учёт', 'Registration of foreigners'),
      plain: say('Сообщить, что к вам приехал иностранец', 'Report a foreigner who stays with you'),
      agency: 'police',
      evidence: [
        FORM,
        PASSPORT,
        paper('guest-passport', 'Паспорт гостя', 'The guest’s passport'),
        paper('migration-card', 'Миграционная карта', 'Migration card'),
      ],
      term: SAME_VISIT,
      result: say('Отрывная часть с отметкой', 'The stamped slip'),
      minutes: 12,
      change: { extraterritorial: 'by-address' },
    }),
  },
  {
    serviceId: 'driving-licence',
    groupId: 'vehicles',
    passport: passport({
      name: say('Водительское удостоверение', 'Driving licence'),
      plain: say(
        'Заменить права: истёк срок, потеряны, международные',
        'Change a licence: expired, lost, international',
      ),
      agency: 'traffic',
      evidence: [
        FORM,
        PASSPORT,
        paper('old-licence', 'Прежнее удостоверение', 'The old licence', {
          need: 'if-present',
          original: 'handed-over',
        }),
        paper('medical', 'Медицинское заключение', 'Medical certificate'),
      ],
      term: days(9, 'calendar-day', true),
      rubles: [2_000],
      result: say('Водительское удостоверение', 'The driving licence'),
      minutes: 15,
      skill: 2,
      situations: ['car', 'new-name'],
    }),
  },
  {
    serviceId: 'home-visit',
    groupId: 'benefits',
    passport: passport({
      name: say('Выездное обслуживание', 'Service at home'),
      plain: say('Специалист приедет к вам, если вы не можете прийти', 'A specialist comes to you if you cannot come'),
      agency: 'centres',
      level: 'city',
      evidence: [PASSPORT, paper('reason', 'Почему вы не можете прийти', 'Why you cannot come')],
      term: SAME_VISIT,
      result: say('Документы приняты или выданы дома', 'Papers taken or given out at home'),
      minutes: 30,
      situations: ['pension'],
      change: { appointment: 'required' },
    }),
  },
  {
    serviceId: 'vehicle-registration',
    groupId: 'vehicles',
    passport: passport({
      name: say('Регистрация транспортного средства', 'Vehicle registration'),
      plain: say(
        'Поставить машину на учёт: осмотр и номера за один приезд',
        'Register a car: inspection and plates in one visit',
      ),
      agency: 'traffic',
      evidence: [
        FORM,
        PASSPORT,
        paper('vehicle-passport', 'Паспорт машины', 'The vehicle’s passport'),
        paper('contract', 'Договор купли-продажи', 'The contract of sale'),
        paper('insurance', 'Полис ОСАГО', 'Liability insurance', { need: 'if-present' }),
        paper(
          'vehicle',
          'Сама машина: её осмотрят на площадке с подъёмником',
          'The car itself: it is inspected on a pad with a lift',
        ),
      ],
      term: SAME_VISIT,
      rubles: [2_000, 500],
      result: say('Свидетельство о регистрации и номера', 'Registration certificate and plates'),
      minutes: 40,
      skill: 3,
      situations: ['car'],
      change: { appointment: 'required', givenAt: ['flagship'], equipment: ['inspection-pad', 'inspector'] },
    }),
  },
];
