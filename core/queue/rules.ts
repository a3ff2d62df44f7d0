import type { ClassRule, GroupRule, QueueConfiguration, ServiceRule, SkillLevel } from './configuration.ts';
import type { Skill, Wish } from './events.ts';
import type { ClassLetter, GroupId, ServiceId } from './ids.ts';

/** A configuration with its lists by key. */
interface Rules {
  readonly services: ReadonlyMap<ServiceId, ServiceRule>;
  readonly groups: ReadonlyMap<GroupId, GroupRule>;
  readonly classes: ReadonlyMap<ClassLetter, ClassRule>;
}

const known = new WeakMap<QueueConfiguration, Rules>();

export function rulesOf(configuration: QueueConfiguration): Rules {
  const found = known.get(configuration);
  if (found !== undefined) return found;
  const rules: Rules = {
    services: new Map(configuration.services.map((service) => [service.serviceId, service])),
    groups: new Map(configuration.groups.map((group) => [group.groupId, group])),
    classes: new Map(configuration.classes.map((one) => [one.letter, one])),
  };
  known.set(configuration, rules);
  return rules;
}

/** The line in which a visit waits for a service: those of one group that need the same skill. */
export function lineName(groupId: GroupId, level: SkillLevel): string {
  return `${groupId}/${level}`;
}

const LEVELS: readonly SkillLevel[] = [1, 2, 3];

/** The lines that somebody with these skills may call from. */
export function linesFor(skills: readonly Skill[]): string[] {
  return skills.flatMap(({ groupId, level }) =>
    LEVELS.filter((needed) => needed <= level).map((needed) => lineName(groupId, needed)),
  );
}

/** True when these skills are enough for the service. */
export function maySkillsServe(skills: readonly Skill[], service: ServiceRule): boolean {
  return skills.some(({ groupId, level }) => groupId === service.groupId && level >= service.level);
}

/** How many minutes the services take for so many persons: quantity and persons multiply. */
export function minutesOf(configuration: QueueConfiguration, wishes: readonly Wish[], persons: number): number {
  const { services } = rulesOf(configuration);
  let minutes = 0;
  for (const { serviceId, quantity } of wishes) minutes += (services.get(serviceId)?.minutes ?? 0) * quantity;
  return minutes * persons;
}
