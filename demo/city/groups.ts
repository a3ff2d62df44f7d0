import type { SkillLevel } from '../../core/queue/configuration.ts';
import type { GroupId, ServiceId } from '../../core/queue/ids.ts';
import type { Words } from '../../server/modules/network/index.ts';

/** What visitors of the demo city come for: how many of a hundred, and how long it takes at the window. */
export interface DemoGroup {
  readonly groupId: GroupId;
  readonly name: Words;
  readonly share: number;
  readonly serviceMinutesMean: number;
  /** The standard deviation over the mean. */
  readonly serviceSpread: number;
  /** Its best known services, with the skill they take and the minutes planned for one. */
  readonly services: readonly DemoService[];
}

interface DemoService {
  readonly serviceId: ServiceId;
  readonly name: Words;
  readonly level: SkillLevel;
  readonly minutes: number;
}

function service(serviceId: ServiceId, level: SkillLevel, minutes: number, ru: string, en: string): DemoService {
  return { serviceId, level, minutes, name: { ru, en } };
}

/** The shares add up to 100; people's service times follow a lognormal. */
export const demoGroups: readonly DemoGroup[] = [
  {
    groupId: 'collect',
    name: { ru: 'Получение готовых документов', en: 'Collecting documents' },
    share: 25,
    serviceMinutesMean: 5,
    serviceSpread: 0.8,
    services: [service('collect', 1, 5, 'Получить готовый документ', 'Collect a document')],
  },
  {
    groupId: 'passports',
    name: { ru: 'Паспорта и регистрация по месту жительства', en: 'Passports and registration' },
    share: 20,
    serviceMinutesMean: 15,
    serviceSpread: 0.6,
    services: [
      service('passports', 1, 15, 'Паспорта и регистрация', 'Passports and registration'),
      service('passport-14', 2, 15, 'Паспорт гражданина впервые (14 лет)', 'First passport (age 14)'),
      service('registration', 1, 12, 'Регистрация по месту жительства', 'Registration of residence'),
    ],
  },
  {
    groupId: 'benefits',
    name: { ru: 'Социальная поддержка и пособия', en: 'Benefits and social support' },
    share: 20,
    serviceMinutesMean: 14,
    serviceSpread: 0.7,
    services: [
      service('benefits', 1, 14, 'Пособия и льготы', 'Benefits'),
      service('child-benefit', 2, 18, 'Пособие на ребёнка', 'Child benefit'),
      service('subsidy', 2, 20, 'Субсидия на оплату жилья', 'Housing subsidy'),
    ],
  },
  {
    groupId: 'extracts',
    name: { ru: 'Справки, выписки, карты', en: 'Certificates, extracts, cards' },
    share: 15,
    serviceMinutesMean: 8,
    serviceSpread: 0.7,
    services: [
      service('extracts', 1, 8, 'Справки и выписки', 'Certificates and extracts'),
      service('city-card', 1, 8, 'Карта москвича', 'City card'),
    ],
  },
  {
    groupId: 'property',
    name: { ru: 'Недвижимость и земля', en: 'Property and land' },
    share: 12,
    serviceMinutesMean: 20,
    serviceSpread: 0.6,
    services: [
      service('property', 2, 20, 'Права на недвижимость', 'Rights to property'),
      service('property-extract', 1, 10, 'Выписка о недвижимости', 'Property extract'),
    ],
  },
  {
    groupId: 'family',
    name: { ru: 'Семья: рождение, брак, смена имени', en: 'Family: birth, marriage, change of name' },
    share: 8,
    serviceMinutesMean: 18,
    serviceSpread: 0.7,
    services: [
      service('family', 1, 18, 'Рождение, брак, смена имени', 'Birth, marriage, change of name'),
      service('newborn', 3, 30, 'Рождение ребёнка: всё сразу', 'A newborn: everything at once'),
    ],
  },
];
