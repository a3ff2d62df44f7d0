import { type Problem, problem } from '../problems.ts';
import { SECOND, type Instant } from '../time/instant.ts';
import type { CommandBodies } from './commands.ts';
import { generalService } from './configuration.ts';
import type { Day, Step, Visit, Window } from './day.ts';
import { serviceToday } from './decide-visits.ts';
import { type Decide, type Decision, endingOf, ofVisit } from './decision.ts';
import { lastWindowFor, mayServe } from './dispatch.ts';
import type { Afterwards, Draft, Skill, Wish } from './events.ts';
import type { GroupId, VisitId, WindowId } from './ids.ts';
import { isInHall, maySkillsServe, rulesOf } from './rules.ts';
import { bestOfEach, saidOtherwise } from './said-skills.ts';
import { type WindowCommand, windowCommandsAllowed } from './window-actions.ts';

function notEquipped(day: Day, { windowId, equippedFor }: Window, skills: readonly Skill[]): Problem | null {
  const groupId = skills.find((skill) => !equippedFor.has(skill.groupId))?.groupId;
  if (groupId === undefined) return null;
  return problem('window-not-equipped', { windowId, groupId, letter: letterOf(day, groupId) });
}

/** By what people know a group: the letter on its tickets. */
function letterOf({ configuration }: Day, groupId: GroupId): string {
  return rulesOf(configuration).groups.get(groupId)?.letter ?? '?';
}

/** What specialists, and hall administrators, ask at a window. */
export const windowDeciders: { readonly [Kind in WindowCommand]: Decide<Kind> } = {
  'open-window': (day, { windowId, specialistId, skills, agreed = false }) =>
    atWindow(day, windowId, 'open-window', (window) => {
      const unequipped = notEquipped(day, window, skills);
      if (unequipped !== null) return unequipped;
      for (const other of day.windows.values()) {
        if (other.specialistId === specialistId) return problem('specialist-elsewhere', { windowId: other.windowId });
      }
      const best = bestOfEach(skills);
      // Who could say other skills whenever they liked would choose their work.
      const said = agreed ? null : saidOtherwise(day, window, specialistId, best);
      if (said !== null)
        return problem('skills-fixed', {
          windowId,
          skills: said,
          said: said.map(({ groupId, level }) => ({ letter: letterOf(day, groupId), level })),
        });
      return [{ kind: 'window-opened', body: { windowId, specialistId, skills: best } }];
    }),

  'set-skills': (day, { windowId, skills }) =>
    atWindow(
      day,
      windowId,
      'set-skills',
      (window) =>
        notEquipped(day, window, skills) ?? [
          { kind: 'skills-changed', body: { windowId, skills: bestOfEach(skills) } },
        ],
    ),

  ready: (day, { windowId }) =>
    atWindow(day, windowId, 'ready', ({ state, visitId }) =>
      state === 'calling' && visitId !== null
        ? [{ kind: 'call-answered', body: { visitId, windowId } }]
        : [{ kind: 'window-ready', body: { windowId, present: true } }],
    ),

  recall: (day, body, now) =>
    withVisit(day, body, 'recall', (visit, step) => {
      const { recallsMax } = day.configuration.calls;
      if (visit.recalls >= recallsMax) return problem('recalls-used', { recallsMax });
      const { number } = visit;
      return tooSoon(day, step, now) ?? [{ kind: 'visit-recalled', body: { ...body, number } }];
    }),

  start: (day, body) =>
    withVisit(day, body, 'start', (_visit, { serviceId }) => [
      { kind: 'service-started', body: { ...body, serviceId } },
    ]),

  'add-service': (day, { windowId, visitId, serviceId, quantity }) =>
    withVisit(day, { windowId, visitId }, 'add-service', () => {
      const service = serviceToday(day, serviceId);
      if ('code' in service) return service;
      return [{ kind: 'service-added', body: { visitId, serviceId, quantity } }];
    }),

  finish: (day, { windowId, visitId, given, outcome }) =>
    withVisit(day, { windowId, visitId }, 'finish', (visit, step, window) => {
      const really = given ?? step;
      // What was begun is finished, also when the hall no longer gives it.
      const isKnown = given === null || rulesOf(day.configuration).services.has(given.serviceId);
      if (!isKnown) return problem('unknown-service', { serviceId: really.serviceId });
      const { serviceId, quantity } = really;
      const body = { visitId, windowId, serviceId, quantity, outcome, ...goesOn(day, visit, window) };
      return [{ kind: 'service-finished', body }, ...endingOf(window)];
    }),

  'no-show': (day, body, now) =>
    withVisit(day, body, 'no-show', (_visit, step, window) => {
      return tooSoon(day, step, now) ?? [{ kind: 'visit-no-show', body }, ...endingOf(window)];
    }),

  transfer: (day, body) =>
    withVisit(day, body, 'transfer', (visit, _step, window) => {
      const { windowId, visitId, serviceId, quantity, toWindowId, returnHere } = body;
      const service = serviceToday(day, serviceId);
      if ('code' in service) return service;
      if (toWindowId === null && maySkillsServe(window.skills, service)) {
        return problem('transfer-pointless', { windowId });
      }
      if (toWindowId !== null && !servedBefore(day, visit, toWindowId)) {
        return problem('transfer-not-back', { windowId: toWindowId });
      }
      const [current, ...more] = visit.wishes;
      const back: Wish[] = returnHere && current !== undefined ? [{ ...current, windowId }] : [];
      const wishes = [{ serviceId, quantity, windowId: toWindowId }, ...back, ...more];
      const { groupId } = service;
      return [
        { kind: 'visit-transferred', body: { visitId, windowId, groupId, due: visit.due, wishes } },
        ...endingOf(window),
      ];
    }),

  pick: (day, { windowId, visitId, reason }) =>
    atWindow(day, windowId, 'pick', (window) =>
      ofVisit(day, visitId, ['waiting'], (visit) => {
        if (!mayServe(day, window, { ...visit, boundUntil: null })) {
          return problem('window-cannot-serve', { windowId, number: visit.number });
        }
        return [called(visit, windowId, reason)];
      }),
    ),

  pause: (day, { windowId, reason, agreed }) =>
    atWindow(day, windowId, 'pause', ({ state }) => {
      const groupIds = agreed ? [] : lastWindowFor(day, windowId);
      if (groupIds.length > 0)
        return problem('last-window', { groupIds, letters: groupIds.map((groupId) => letterOf(day, groupId)) });
      return state === 'calling' || state === 'serving'
        ? [{ kind: 'window-ending', body: { windowId, state, ending: reason } }]
        : [{ kind: 'window-paused', body: { windowId, reason } }];
    }),

  'close-window': (day, { windowId }) =>
    atWindow(day, windowId, 'close-window', ({ state }) =>
      state === 'calling' || state === 'serving'
        ? [{ kind: 'window-ending', body: { windowId, state, ending: 'close' } }]
        : [{ kind: 'window-closed', body: { windowId } }],
    ),
};

/** What a window that was taken out of the hall may do no more. */
const TAKES_MORE: ReadonlySet<WindowCommand> = new Set(['open-window', 'pick']);

/** A visitor is asked to a window. */
export function called(
  { visitId, number, groupId, wishes }: Visit,
  windowId: WindowId,
  picked: CommandBodies['pick']['reason'] | null,
): Draft {
  const serviceId = wishes[0]?.serviceId ?? generalService(groupId);
  return { kind: 'visit-called', body: { visitId, windowId, number, groupId, serviceId, picked } };
}

function atWindow(day: Day, windowId: WindowId, action: WindowCommand, then: (window: Window) => Decision): Decision {
  const window = day.windows.get(windowId);
  const isGone = !isInHall(day.configuration, windowId) && TAKES_MORE.has(action);
  if (window === undefined || isGone) return problem('unknown-window', { windowId });
  const { state } = window;
  return windowCommandsAllowed[action].includes(state)
    ? then(window)
    : problem('window-state', { windowId, state, action });
}

function withVisit(
  day: Day,
  { windowId, visitId }: { readonly windowId: WindowId; readonly visitId: VisitId },
  action: WindowCommand,
  then: (visit: Visit, step: Step, window: Window) => Decision,
): Decision {
  const visit = day.visits.get(visitId);
  if (visit === undefined) return problem('unknown-visit', { visitId });
  return atWindow(day, windowId, action, (window) => {
    const step = visit.steps.at(-1);
    return window.visitId === visitId && step !== undefined
      ? then(visit, step, window)
      : problem('visit-not-here', { windowId });
  });
}

/** Between two calls of one visitor, and before a no-show, there is time to walk. */
function tooSoon(day: Day, { lastCallAt, calledAt }: Step, now: Instant): Decision | null {
  const left = (lastCallAt ?? calledAt) + day.configuration.calls.cooldownSeconds * SECOND - now;
  return left > 0 ? problem('too-soon', { seconds: Math.ceil(left / SECOND) }) : null;
}

/** What comes after the service that is given now. */
function goesOn(day: Day, visit: Visit, window: Window): { next: Afterwards; groupId: Visit['groupId'] } {
  const next = visit.wishes[1];
  const service = next === undefined ? undefined : rulesOf(day.configuration).services.get(next.serviceId);
  if (next === undefined || service === undefined) return { next: 'over', groupId: visit.groupId };
  const here = next.windowId === null ? maySkillsServe(window.skills, service) : next.windowId === window.windowId;
  return { next: here && window.ending === null ? 'here' : 'line', groupId: service.groupId };
}

/** A transfer to a named person goes back to who served this visit, and to nobody else. */
function servedBefore(day: Day, visit: Visit, windowId: WindowId): boolean {
  const { specialistId } = day.windows.get(windowId) ?? { specialistId: null };
  return (
    specialistId !== null &&
    visit.steps
      .slice(0, -1)
      .some((step) => step.windowId === windowId && step.specialistId === specialistId && step.startedAt !== null)
  );
}
