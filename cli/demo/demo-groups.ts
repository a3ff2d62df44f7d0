import type { GroupId } from '../../core/queue/ids.ts';
import type { Words } from '../../server/modules/network/index.ts';

/** What visitors of the demo city come for: how many of a hundred, and how long it takes at the window. */
export interface DemoGroup {
  readonly groupId: GroupId;
  readonly name: Words;
  readonly share: number;
  readonly serviceMinutesMean: number;
  /** The standard deviation over the mean. */
  readonly serviceSpread: number;
}

/** The shares add up to 100; people's service times follow a lognormal. */
export const demoGroups: readonly DemoGroup[] = [
  {
    groupId: 'collect',
    name: { ru: 'Получение готовых документов', en: 'Collecting documents' },
    share: 25,
    serviceMinutesMean: 5,
    serviceSpread: 0.8,
  },
  {
    groupId: 'passports',
    name: { ru: 'Паспорта и регистрация по месту жительства', en: 'Passports and registration' },
    share: 20,
    serviceMinutesMean: 15,
    serviceSpread: 0.6,
  },
  {
    groupId: 'benefits',
    name: { ru: 'Социальная поддержка и пособия', en: 'Benefits and social support' },
    share: 20,
    serviceMinutesMean: 14,
    serviceSpread: 0.7,
  },
  {
    groupId: 'extracts',
    name: { ru: 'Справки, выписки, карты', en: 'Certificates, extracts, cards' },
    share: 15,
    serviceMinutesMean: 8,
    serviceSpread: 0.7,
  },
  {
    groupId: 'property',
    name: { ru: 'Недвижимость и земля', en: 'Property and land' },
    share: 12,
    serviceMinutesMean: 20,
    serviceSpread: 0.6,
  },
  {
    groupId: 'family',
    name: { ru: 'Семья: рождение, брак, смена имени', en: 'Family: birth, marriage, change of name' },
    share: 8,
    serviceMinutesMean: 18,
    serviceSpread: 0.7,
  },
];
