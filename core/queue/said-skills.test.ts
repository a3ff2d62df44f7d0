import { describe, expect, test } from 'vitest';
import type { SkillLevel } from './configuration.ts';
import { QUIET, Scenario } from './scenario.testing.ts';

const opening = (windowId: number, skills: Readonly<Record<string, SkillLevel>>, specialistId = 'anna') => ({
  windowId,
  specialistId,
  skills: Object.entries(skills).map(([groupId, level]) => ({ groupId, level })),
});
const close = (hall: Scenario, windowId: number) => hall.do('close-window', { windowId });

describe('the skills that a specialist says', () => {
  test('hold for the day, at this window and at any other', () => {
    const hall = new Scenario(QUIET).open(1, { passports: 3, benefits: 1 }, 'anna');
    close(hall, 1);
    for (const [windowId, skills] of [
      [1, { passports: 3 }],
      [1, { passports: 3, benefits: 2 }],
      [1, { passports: 3, benefits: 1, property: 3 }],
      [2, { passports: 1, benefits: 1 }],
      [2, { benefits: 1 }],
    ] as const) {
      expect(hall.refused('open-window', opening(windowId, skills)), JSON.stringify(skills)).toBe('skills-fixed');
    }
    // The order in which they are said is nobody's matter.
    expect(hall.refused('open-window', opening(2, { benefits: 1, passports: 3 }))).toBeNull();
  });

  test('of a group that the windows before were not equipped for may still be said, once', () => {
    const hall = new Scenario(QUIET).open(2, { passports: 3 }, 'anna');
    close(hall, 2);
    hall.open(3, { property: 2 }, 'anna');
    close(hall, 3);
    expect(hall.refused('open-window', opening(3, { property: 3 }))).toBe('skills-fixed');
    expect(hall.refused('open-window', opening(1, { passports: 3, property: 2 }))).toBeNull();
  });

  test('are those of one specialist, and a refusal says which they are', () => {
    const hall = new Scenario(QUIET).open(1, { passports: 3, benefits: 1 }, 'anna');
    close(hall, 1);
    const outcome = hall.try('open-window', opening(1, { passports: 1 }));
    const skills = [
      { groupId: 'passports', level: 3 },
      { groupId: 'benefits', level: 1 },
    ];
    expect(outcome).toMatchObject({
      kind: 'refused',
      problem: { code: 'skills-fixed', params: { windowId: 1, skills } },
    });
    hall.open(1, { passports: 1 }, 'boris');
  });

  test('are changed by a hall administrator: when the window is opened, or while it is open; visitors follow at once', () => {
    const hall = new Scenario(QUIET).open(1, { passports: 3 }, 'anna').take('vera', 'benefits');
    hall.do('ready', { windowId: 1 });
    expect(hall.called(1)).toBeNull();
    expect(hall.refused('set-skills', { windowId: 3, skills: [{ groupId: 'passports', level: 3 }] })).toBe(
      'window-state',
    );
    expect(hall.refused('set-skills', { windowId: 1, skills: [{ groupId: 'nonsense', level: 3 }] })).toBe(
      'window-not-equipped',
    );
    hall.do('set-skills', { windowId: 1, skills: [{ groupId: 'benefits', level: 2 }] });
    expect(hall.called(1)).toBe('vera');
    hall.start(1).finish(1);
    close(hall, 1);
    // The word of the administrator holds from then on.
    expect(hall.refused('open-window', opening(1, { passports: 3 }))).toBe('skills-fixed');
    hall.do('open-window', { ...opening(1, { passports: 3 }), agreed: true });
    close(hall, 1);
    expect(hall.refused('open-window', opening(1, { passports: 3 }))).toBeNull();
  });
});
