import { useState } from 'react';
import type { Centre } from '../../contract/network.ts';
import type { GroupId } from '../../core/queue/ids.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';

type Level = 0 | 1 | 2 | 3;

/** What the specialist may do here today: a level for each group that the window is equipped for. */
interface Skills {
  readonly levels: ReadonlyMap<GroupId, Level>;
  readonly chosen: readonly { readonly groupId: GroupId; readonly level: 1 | 2 | 3 }[];
  readonly change: (groupId: GroupId, level: Level) => void;
  /** These were said earlier today, and hold. */
  readonly hold: (skills: Skills['chosen']) => void;
}

const BEST = 3;

/** Remembered in this browser from shift to shift. */
export function useSkills(place: string, groupIds: readonly GroupId[]): Skills {
  const name = `okno-skills-${place}`;
  const [kept, setKept] = useState<Readonly<Record<GroupId, Level>>>(() => {
    const text = localStorage.getItem(name);
    return text === null ? {} : (JSON.parse(text) as Record<GroupId, Level>);
  });
  const levels = new Map(groupIds.map((groupId) => [groupId, kept[groupId] ?? BEST]));
  const keep = (next: Readonly<Record<GroupId, Level>>) => {
    localStorage.setItem(name, JSON.stringify(next));
    setKept(next);
  };
  return {
    levels,
    chosen: [...levels].flatMap(([groupId, level]) => (level === 0 ? [] : [{ groupId, level }])),
    change: (groupId, level) => keep({ ...kept, [groupId]: level }),
    hold: (skills) => {
      const said = new Map(skills.map(({ groupId, level }) => [groupId, level]));
      keep(Object.fromEntries(groupIds.map((groupId) => [groupId, said.get(groupId) ?? 0])));
    },
  };
}

interface SkillChoiceProps {
  readonly centre: Centre;
  readonly groupIds: readonly GroupId[];
  readonly skills: Skills;
}

/** Folded away: it is set once, and looked at seldom. */
export function SkillChoice({ centre, groupIds, skills }: SkillChoiceProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  return (
    <details className="skills">
      <summary>{words.skills(skills.chosen.length, groupIds.length)}</summary>
      {centre.groups
        .filter(({ groupId }) => groupIds.includes(groupId))
        .map(({ groupId, name }) => (
          <label key={groupId}>
            <span>{name[language]}</span>
            <select
              value={skills.levels.get(groupId)}
              onChange={(event) => skills.change(groupId, Number(event.target.value) as Level)}
            >
              {([0, 1, 2, 3] as const).map((level) => (
                <option key={level} value={level}>
                  {words.levels[level]}
                </option>
              ))}
            </select>
          </label>
        ))}
    </details>
  );
}
