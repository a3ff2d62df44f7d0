import { problem } from '../problems.ts';
import type { Day, Window } from './day.ts';
import { type Decide, endingOf } from './decision.ts';
import type { Draft } from './events.ts';

type HallCommand =
  | 'open-day'
  | 'configure'
  | 'move-home'
  | 'take-home'
  | 'stop-hall'
  | 'resume-hall'
  | 'close-doors'
  | 'open-doors'
  | 'wake';

/** What is asked of the hall as a whole. */
export const hallDeciders: { readonly [Kind in HallCommand]: Decide<Kind> } = {
  'open-day': (day, body) =>
    day.state === 'unopened' ? [{ kind: 'day-opened', body }] : problem('day-already-open', { day: day.key.day }),

  configure: (day, body) =>
    day.opening === null ? problem('day-not-open', { day: day.key.day }) : [{ kind: 'config-changed', body }],

  'move-home': (day, { to }) =>
    to === day.home ? problem('home-elsewhere', { home: to }) : [{ kind: 'home-moved', body: { to } }],

  'take-home': (day, { home, seized }) =>
    day.movedTo === home || (seized && home !== day.home)
      ? [{ kind: 'home-taken', body: { home, seized } }]
      : problem('home-elsewhere', { home: day.movedTo ?? day.home }),

  'stop-hall': (day, { reason }) => [
    ...[...day.windows.values()].flatMap((window) => withdrawn(day, window)),
    { kind: 'hall-stopped', body: { reason } },
  ],

  'resume-hall': (day, _body, now) =>
    day.stopped === null
      ? problem('hall-not-stopped', {})
      : [{ kind: 'hall-resumed', body: { stoppedMs: now - day.stopped.since } }],

  'close-doors': (day, { reason }) =>
    day.state === 'open' ? [{ kind: 'doors-closed', body: { day: day.key.day, reason } }] : problem('doors-closed', {}),

  // After the hour of closing the day would close them again at once.
  'open-doors': (day, _body, now) => {
    if (day.state === 'open') return problem('doors-open', {});
    if (day.opening === null || now >= day.opening.doorsClose) return problem('doors-closed', {});
    return [{ kind: 'doors-opened', body: { day: day.key.day } }];
  },

  wake: () => [],
};

/** The call at a window comes to nothing through no fault of the visitor; the window does then what it was told to. */
export function withdrawn(day: Day, window: Window): Draft[] {
  const { windowId, visitId, state } = window;
  const visit = visitId === null ? undefined : day.visits.get(visitId);
  if (state !== 'calling' || visit === undefined) return [];
  const { groupId, due } = visit;
  return [{ kind: 'call-withdrawn', body: { visitId: visit.visitId, windowId, groupId, due } }, ...endingOf(window)];
}
