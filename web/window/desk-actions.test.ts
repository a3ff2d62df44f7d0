import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attempts, command, play } from '../../core/queue/day.testing.ts';
import type { Day, Window } from '../../core/queue/day.ts';
import { decide } from '../../core/queue/execute-command.ts';
import { isProblem } from '../../core/queue/decision.ts';
import type { Command } from '../../core/queue/commands.ts';
import type { Instant } from '../../core/time/instant.ts';
import { type ActionName, actionOfKey, COMMANDS, deskActions, KEYS, nextAction } from './desk-actions.ts';

/** Refusals because of what the window, its visitor or the hall is doing; other refusals have other reasons. */
const BECAUSE_OF_STATE = new Set(['window-state', 'visit-state', 'visit-not-here', 'hall-stopped']);

/** The commands of every action, as the screen sends them for a window. */
function commandsAt(day: Day, { windowId, visitId: here }: Window): Readonly<Record<ActionName, Command>> {
  const visitId = here ?? [...day.visits.keys()][0] ?? '';
  const at = { windowId, visitId };
  const done = { given: null, outcome: 'done' } as const;
  return {
    open: command('open-window', { windowId, specialistId: 'somebody', skills: [], agreed: true }),
    ready: command('ready', { windowId }),
    resume: command('ready', { windowId }),
    start: command('start', at),
    recall: command('recall', at),
    noShow: command('no-show', at),
    finish: command('finish', { ...at, ...done }),
    finishOtherwise: command('finish', { ...at, ...done, outcome: 'refused' as typeof done.outcome }),
    addService: command('add-service', { ...at, serviceId: 'passports', quantity: 1 }),
    transfer: command('transfer', { ...at, serviceId: 'property', quantity: 1, toWindowId: null, returnHere: false }),
    hold: command('hold', { ...at, reason: 'ours', minutes: 5 }),
    pause: command('pause', { windowId, reason: 'break', agreed: true }),
    close: command('close-window', { windowId }),
  };
}

/** The commands that the rules do not refuse because of the state. */
function accepted(day: Day, window: Window, now: Instant): ReadonlySet<string> {
  const all = Object.entries(commandsAt(day, window)).filter(([, one]) => {
    const decision = decide(day, one, now);
    return !isProblem(decision) || !BECAUSE_OF_STATE.has(decision.code);
  });
  return new Set(all.map(([name]) => COMMANDS[name as ActionName]));
}

describe('what the window offers', () => {
  test('is exactly what the rules do not refuse because of the state', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(attempts, (tries) => {
        play(tries, (day, _outcome, now) => {
          // Before the day and after it no window is worked at.
          if (day.visits.size === 0 || day.state === 'unopened' || day.state === 'closed') return;
          for (const window of day.windows.values()) {
            const offered = new Set(deskActions(window, day.stopped !== null).map((name) => COMMANDS[name]));
            // That the specialist is at a window that calls is said by starting, calling again or giving up.
            if (window.state === 'calling' && day.stopped === null) offered.add('ready');
            expect(offered).toEqual(accepted(day, window, now));
            seen.add(`${window.state}${day.stopped === null ? '' : ', stopped'}`);
          }
        });
      }),
      { numRuns: 30 },
    );
    expect([...seen]).toEqual(expect.arrayContaining(['closed', 'not-ready', 'free', 'calling', 'serving', 'paused']));
    expect([...seen].some((state) => state.endsWith('stopped'))).toBe(true);
  });

  test('has one key for each action, and one next thing to do', () => {
    for (const state of ['closed', 'not-ready', 'free', 'calling', 'serving', 'paused'] as const) {
      const actions = deskActions({ state }, false);
      for (const name of actions) {
        const [key = '', shift] = KEYS[name].split('+').toReversed();
        expect(actionOfKey(actions, { key, shiftKey: shift !== undefined })).toBe(name);
      }
      expect(nextAction(actions) === null).toBe(state === 'free');
    }
    expect(nextAction(deskActions({ state: 'not-ready' }, true))).toBeNull();
  });
});
