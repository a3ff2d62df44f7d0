import { useState } from 'react';
import type { DeskWindow } from '../../contract/hall-desk.ts';
import type { GroupId } from '../../core/queue/ids.ts';
import { call } from '../shared/client.ts';
import { useLanguage, useMessages } from '../shared/language.tsx';
import { Problem } from '../shared/problem.tsx';
import type { HallProps } from './hall-props.ts';
import { messages } from './messages/index.ts';

const LEVELS = [0, 1, 2, 3] as const;
type Level = (typeof LEVELS)[number];

interface WindowSkillsProps extends Pick<HallProps, 'centre' | 'hall'> {
  readonly desk: DeskWindow;
}

/** What the specialist at an open window may do for the rest of the day: only the hall administrator changes it. */
export function WindowSkills({ centre, hall, desk: { windowId, skills } }: WindowSkillsProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const [changed, setChanged] = useState<Readonly<Record<GroupId, Level>>>({});
  const [said, setSaid] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const groupIds = centre.windowGroups.find((one) => one.windowId === windowId)?.groupIds ?? [];
  const groups = centre.groups.filter(({ groupId }) => groupIds.includes(groupId));
  const levelOf = (groupId: GroupId): Level =>
    changed[groupId] ?? skills.find((skill) => skill.groupId === groupId)?.level ?? 0;
  const chosen = groups.flatMap(({ groupId }) => {
    const level = levelOf(groupId);
    return level === 0 ? [] : [{ groupId, level }];
  });
  const save = () => {
    setProblem(null);
    setSaid(null);
    call('POST /api/centres/:centreId/days/:day/windows/:windowId/skills', {
      params: { centreId: centre.centreId, day: hall.day, windowId },
      body: { commandId: crypto.randomUUID(), skills: chosen },
    }).then(
      () => {
        setChanged({});
        setSaid(words.skillsSaved);
      },
      (error: Error) => setProblem(error.message),
    );
  };
  return (
    <>
      <p className="quiet">{words.skillsHelp}</p>
      {groups.map(({ groupId, name }) => (
        <label key={groupId}>
          {name[language]}
          <select
            value={levelOf(groupId)}
            onChange={(event) => setChanged({ ...changed, [groupId]: Number(event.target.value) as Level })}
          >
            {LEVELS.map((level) => (
              <option key={level} value={level}>
                {words.levels[level]}
              </option>
            ))}
          </select>
        </label>
      ))}
      <Problem text={problem} />
      {said !== null && <p role="status">{said}</p>}
      <button type="button" disabled={Object.keys(changed).length === 0 || chosen.length === 0} onClick={save}>
        {words.skillsSave}
      </button>
    </>
  );
}
