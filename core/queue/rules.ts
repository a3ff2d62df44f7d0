import type { ClassRule, GroupRule, QueueConfiguration, ServiceRule, SkillLevel } from './configuration.ts';
import type { Skill, Wish } from './events.ts';
import type { ClassLetter, GroupId, ServiceId, WindowId } from './ids.ts';

/** A configuration with its lists by key. */
interface Rules {
  readonly services: ReadonlyMap<ServiceId, ServiceRule>;
  readonly groups: ReadonlyMap<GroupId, GroupRule>;
  readonly classes: ReadonlyMap<ClassLetter, ClassRule>;
  readonly windows: ReadonlySet<WindowId>;
}

const known = new WeakMap<QueueConfiguration, Rules>();

export function rulesOf(configuration: QueueConfiguration): Rules {
  const found = known.get(configuration);
  if (found !== undefined) return found;
  const rules: Rules = {
    services: new Map(configuration.services.map((service) => [service.serviceId, service])),
    groups: new Map(configuration.groups.map((group) => [group.groupId, group])),
    classes: new Map(configuration.classes.map((one) => [one.letter, one])),
    windows: new Set(configuration.windows.map(({ windowId }) => windowId)),
  };
  known.set(configuration, rules);
  return rules;
}

/** True for a window that the hall still has: one that was taken out of it ends what it does and is given nothing more. */
export function isInHall(configuration: QueueConfiguration, windowId: WindowId): boolean {
  return rulesOf(configuration).windows.has(windowId);
}

/** The line in which a visit waits for a service: those of one group that need the same skill. */
export function lineName(groupId: GroupId, level: SkillLevel): string {
  return linesOfGroup(groupId)[level - 1] as string;
}

/** The line of those who are bound to one window. */
export function boundLine(windowId: WindowId): string {
  const found = boundLines.get(windowId);
  if (found !== undefined) return found;
  const name = `window/${windowId}`;
  boundLines.set(windowId, name);
  return name;
}

// Names are looked for at every call, so each is made once.
const boundLines = new Map<WindowId, string>();
const LEVELS: readonly SkillLevel[] = [1, 2, 3];
const knownLines = new Map<GroupId, readonly string[]>();
const knownSkills = new WeakMap<readonly Skill[], readonly string[]>();

function linesOfGroup(groupId: GroupId): readonly string[] {
  const found = knownLines.get(groupId);
  if (found !== undefined) return found;
  const lines = LEVELS.map((level) => `${groupId}/${level}`);
  knownLines.set(groupId, lines);
  return lines;
}

/** The lines that a specialist with these skills may call from. */
export function linesFor(skills: readonly Skill[]): readonly string[] {
  const found = knownSkills.get(skills);
  if (found !== undefined) return found;
  const lines = skills.flatMap(({ groupId, level }) => linesOfGroup(groupId).slice(0, level));
  knownSkills.set(skills, lines);
  return lines;
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
