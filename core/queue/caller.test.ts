import { describe, expect, test } from 'vitest';
import type { Caller, Command, CommandBodies, CommandKind } from './commands.ts';
import { decide } from './execute-command.ts';
import { isProblem } from './decision.ts';
import { QUIET, Scenario } from './scenario.testing.ts';

const anna: Caller = { specialistId: 'anna', runsHall: false };
const boris: Caller = { specialistId: 'boris', runsHall: false };
const head: Caller = { specialistId: 'head', runsHall: true };
const tablet: Caller = { specialistId: null, runsHall: false };

/** The code with which a caller is refused; null where they may. */
function refusedTo<Kind extends CommandKind>(hall: Scenario, caller: Caller, kind: Kind, body: CommandBodies[Kind]) {
  const decision = decide(hall.day, { kind, id: 'c', body, caller } as Command<Kind>, hall.now);
  return isProblem(decision) ? decision.code : null;
}

/** Anna sits at window 1 and serves a visitor; another visitor waits. */
const served = () => {
  const hall = new Scenario(QUIET).take('vera').open(1, { passports: 3 }, 'anna');
  hall.ready(1);
  return hall.start(1).take('oleg');
};

describe('a window', () => {
  test('answers its own specialist, those who run the hall, and its devices, and no neighbour', () => {
    const hall = served();
    const { windowId, visitId } = hall.pair(1);
    const commands = [
      ['finish', { windowId, visitId, given: null, outcome: 'done' }],
      ['hold', { windowId, visitId, reason: 'ours', minutes: 5 }],
      ['pause', { windowId, reason: 'break', agreed: true }],
      ['close-window', { windowId }],
    ] as const;
    for (const [kind, body] of commands) {
      for (const caller of [anna, head, tablet]) expect(refusedTo(hall, caller, kind, body), kind).toBeNull();
      expect(refusedTo(hall, boris, kind, body), kind).toBe('not-your-window');
    }
  });

  test('where nobody sits keeps nobody from trying', () => {
    expect(refusedTo(new Scenario(QUIET), boris, 'ready', { windowId: 1 })).toBe('window-state');
  });

  test('does not tell a neighbour whether the hall is stopped', () => {
    const hall = served();
    hall.do('stop-hall', { reason: 'alarm' });
    expect(refusedTo(hall, anna, 'ready', { windowId: 1 })).toBe('hall-stopped');
    expect(refusedTo(hall, boris, 'ready', { windowId: 1 })).toBe('not-your-window');
  });
});

test('a specialist opens a window for themselves only, also where they run the hall; a device opens it for its specialist', () => {
  const hall = new Scenario(QUIET);
  const opening = { windowId: 1, specialistId: 'anna', skills: [{ groupId: 'passports', level: 3 }] } as const;
  expect(refusedTo(hall, anna, 'open-window', opening)).toBeNull();
  expect(refusedTo(hall, tablet, 'open-window', opening)).toBeNull();
  for (const caller of [boris, head]) expect(refusedTo(hall, caller, 'open-window', opening)).toBe('not-yourself');
});

test('a visit by itself is no window: the door decides who may move it', () => {
  const hall = new Scenario(QUIET).take('vera');
  const [visit] = hall.day.visits.values();
  const body = { visitId: visit?.visitId ?? '', windowId: null, reason: 'visitor', minutes: 5 } as const;
  expect(refusedTo(hall, boris, 'hold', body)).toBeNull();
});
