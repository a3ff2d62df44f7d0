import { type Problem, problem } from '../problems.ts';
import type { Instant } from '../time/instant.ts';
import type { CommandBodies, CommandKind } from './commands.ts';
import type { Day, Visit, Window, WindowState } from './day.ts';
import { freeWindow, nextVisit } from './dispatch.ts';
import { walkInDue } from './evolve.ts';
import type { Draft } from './events.ts';
import type { CommandId, GroupId, VisitId, VisitNumber, WindowId } from './ids.ts';

/** The facts that a command makes, or why it makes none. */
export type Decision = readonly Draft[] | Problem;

export function isProblem(decision: Decision): decision is Problem {
  return 'code' in decision;
}

type Decide<Kind extends CommandKind> = (day: Day, body: CommandBodies[Kind], now: Instant, id: CommandId) => Decision;

/**
 * What a command makes of a day in which everything due has been settled. Changes nothing.
 * `now` is the moment of the decision, never before the day's last event.
 */
export function decide<Kind extends CommandKind>(
  day: Day,
  command: { readonly kind: Kind; readonly id: CommandId; readonly body: CommandBodies[Kind] },
  now: Instant,
): Decision {
  if (command.kind !== 'open-day' && command.kind !== 'wake') {
    if (day.state === 'unopened') return problem('day-not-open', { day: day.key.day });
    if (day.state === 'closed') return problem('day-closed', { day: day.key.day });
  }
  const decideKind: Decide<Kind> = deciders[command.kind];
  return decideKind(day, command.body, now, command.id);
}

const deciders: { readonly [Kind in CommandKind]: Decide<Kind> } = {
  'open-day': (day, body) =>
    day.state === 'unopened' ? [{ kind: 'day-opened', body }] : problem('day-already-open', { day: day.key.day }),

  take: (day, { groupId, persons }, now, id) => {
    if (day.opening !== null && now < day.opening.doorsOpen) return problem('doors-not-open', {});
    if (day.state === 'doors-closed') return problem('doors-closed', {});
    const number = nextNumber(day, groupId);
    if (number === null) return problem('unknown-group', { groupId });
    const visitId = id as string as VisitId;
    const taken: Draft = {
      kind: 'visit-taken',
      body: { visitId, number, groupId, persons, due: walkInDue(day, now) },
    };
    const window = freeWindow(day, groupId);
    if (window === null) return [taken];
    return [taken, called({ visitId, number, groupId }, window.windowId)];
  },

  'open-window': (day, { windowId, specialistId, groupIds }) =>
    atWindow(day, windowId, 'open-window', (window) => {
      const unequipped = groupIds.find((groupId) => !window.equippedFor.has(groupId));
      if (unequipped !== undefined) return problem('window-not-equipped', { windowId, groupId: unequipped });
      for (const other of day.windows.values()) {
        if (other.specialistId === specialistId) return problem('specialist-elsewhere', { windowId: other.windowId });
      }
      return [{ kind: 'window-opened', body: { windowId, specialistId, groupIds: [...new Set(groupIds)] } }];
    }),

  ready: (day, { windowId }) => atWindow(day, windowId, 'ready', (window) => readyWindow(day, window)),

  start: (day, body) => withVisit(day, body, 'start', [{ kind: 'service-started', body }]),
  finish: (day, body) => withVisit(day, body, 'finish', [{ kind: 'service-finished', body }]),
  'no-show': (day, body) => withVisit(day, body, 'no-show', [{ kind: 'visit-no-show', body }]),
  pause: (day, body) => atWindow(day, body.windowId, 'pause', () => [{ kind: 'window-paused', body }]),
  'close-window': (day, body) => atWindow(day, body.windowId, 'close-window', () => [{ kind: 'window-closed', body }]),
  wake: () => [],
};

type WindowCommand = Exclude<CommandKind, 'open-day' | 'take' | 'wake'>;

/** In which states of a window each command may be given: the whole life of a window in one table. */
export const windowCommandsAllowed: { readonly [Kind in WindowCommand]: readonly WindowState[] } = {
  'open-window': ['closed'],
  ready: ['not-ready', 'paused'],
  start: ['calling'],
  finish: ['serving'],
  'no-show': ['calling'],
  pause: ['not-ready', 'free'],
  'close-window': ['not-ready', 'free', 'paused'],
};

/** A window says that it is free; who is first in line is called at once. */
export function readyWindow(day: Day, { windowId, groupIds }: Window): readonly Draft[] {
  const ready: Draft = { kind: 'window-ready', body: { windowId } };
  const visit = nextVisit(day, groupIds);
  return visit === null ? [ready] : [ready, called(visit, windowId)];
}

function called(
  { visitId, number, groupId }: Pick<Visit, 'visitId' | 'number' | 'groupId'>,
  windowId: WindowId,
): Draft {
  return { kind: 'visit-called', body: { visitId, windowId, number, groupId } };
}

function atWindow(day: Day, windowId: WindowId, action: WindowCommand, then: (window: Window) => Decision): Decision {
  const window = day.windows.get(windowId);
  if (window === undefined) return problem('unknown-window', { windowId });
  const { state } = window;
  return windowCommandsAllowed[action].includes(state)
    ? then(window)
    : problem('window-state', { windowId, state, action });
}

function withVisit(
  day: Day,
  { windowId, visitId }: { readonly windowId: WindowId; readonly visitId: VisitId },
  action: WindowCommand,
  drafts: readonly Draft[],
): Decision {
  if (!day.visits.has(visitId)) return problem('unknown-visit', { visitId });
  return atWindow(day, windowId, action, (window) =>
    window.visitId === visitId ? drafts : problem('visit-not-here', { windowId }),
  );
}

/** The group's letter and its next number: `В007`, and after `В999` `В1000`. Null for an unknown group. */
function nextNumber(day: Day, groupId: GroupId): VisitNumber | null {
  const given = day.given.get(groupId);
  const rule = day.configuration.groups.find((group) => group.groupId === groupId);
  if (given === undefined || rule === undefined) return null;
  return `${rule.letter}${String(given + 1).padStart(3, '0')}`;
}

/** A clock further behind the day's last event than this is broken, and nothing is written. */
export const CLOCK_BEHIND_MAX = 5_000;
