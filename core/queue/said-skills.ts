import { put } from './journal.ts';
import type { Day, SaidLevel, Window } from './day.ts';
import type { Skill } from './events.ts';
import type { GroupId, SpecialistId } from './ids.ts';

/** What a specialist said of one group is kept under this key for the day. */
const keyOf = (specialistId: SpecialistId, groupId: GroupId): string => `${specialistId}/${groupId}`;

/** Each group once, with the best of the levels that are named. */
export function bestOfEach(skills: readonly Skill[]): readonly Skill[] {
  return [...new Map(skills.toSorted((a, b) => a.level - b.level).map((skill) => [skill.groupId, skill])).values()];
}

/**
 * The skills that a specialist has at a window for the rest of the day, by what was said before; null when these are not others. Of a
 * group that no window of theirs was equipped for nothing was said yet.
 */
export function saidOtherwise(
  { saidSkills }: Day,
  { equippedFor }: Window,
  specialistId: SpecialistId,
  skills: readonly Skill[],
): readonly Skill[] | null {
  const asked = new Map(skills.map(({ groupId, level }) => [groupId, level]));
  const held = [...equippedFor].map((groupId) => {
    const now = asked.get(groupId) ?? 0;
    return { groupId, now, level: saidSkills.get(keyOf(specialistId, groupId)) ?? now };
  });
  if (held.every(({ now, level }) => now === level)) return null;
  return held.flatMap(({ groupId, level }) => (level === 0 ? [] : [{ groupId, level }]));
}

/** From now on these are the skills of a specialist, as far as a window is equipped. */
export function saySkills(
  day: Day,
  { equippedFor }: Window,
  specialistId: SpecialistId,
  skills: readonly Skill[],
): void {
  const levels = new Map(skills.map(({ groupId, level }) => [groupId, level]));
  for (const groupId of equippedFor) {
    const level = levels.get(groupId) ?? 0;
    const key = keyOf(specialistId, groupId);
    if (day.saidSkills.get(key) !== level) put<string, SaidLevel>(day, day.saidSkills, key, level);
  }
}
