import { say } from './make.ts';

/** The groups of the standard passports, with the letter that tickets begin with. */
const GROUPS = {
  passports: ['П', say('Паспорта и регистрация по месту жительства', 'Passports and registration')],
  benefits: ['С', say('Социальная поддержка и пособия', 'Benefits and social support')],
  extracts: ['Д', say('Справки, выписки, карты', 'Certificates, extracts, cards')],
  property: ['Н', say('Недвижимость и земля', 'Property and land')],
  family: ['Р', say('Семья: рождение, брак, смена имени', 'Family: birth, marriage, change of name')],
  vehicles: ['Т', say('Транспорт', 'Vehicles')],
} as const;

/** A group by its id; one that is not known here goes by its id, with a letter of its own. */
export function groupNamed(groupId: string): {
  readonly groupId: string;
  readonly letter: string;
  readonly name: { ru: string; en: string };
} {
  const [letter, name] = GROUPS[groupId as keyof typeof GROUPS] ?? [
    groupId.slice(0, 1).toUpperCase(),
    say(groupId, groupId),
  ];
  return { groupId, letter, name };
}
