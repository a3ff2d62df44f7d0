import type { WindowState } from '../../core/queue/day.ts';
import type { ChosenPauseReason } from '../../core/queue/events.ts';
import type { Hall, HallWindow } from '../../core/queue/hall.ts';
import { call } from '../shared/client.ts';

/** What an action is given: the hall and the window as the specialist sees them. */
export interface DeskView {
  readonly hall: Hall;
  readonly window: HallWindow;
  readonly groupIds: readonly string[];
  readonly reason: ChosenPauseReason;
  /** Who is signed in here, as the queue knows him; null in a hall without doors, such as a demo. */
  readonly specialistId: string | null;
}

export interface DeskAction {
  readonly label: 'open' | 'ready' | 'resume' | 'start' | 'recall' | 'noShow' | 'finish' | 'pause' | 'close';
  readonly run: (view: DeskView) => Promise<unknown>;
}

const at = ({ hall, window }: DeskView) => ({ centreId: hall.centreId, day: hall.day, windowId: window.windowId });
const command = () => ({ commandId: crypto.randomUUID() });
const withVisit = ({ window }: DeskView) => ({ ...command(), visitId: window.visit?.visitId ?? '' });

/** Where nobody signs in, a window's place is its specialist. */
const specialistAt = ({ hall, window, specialistId }: DeskView) =>
  specialistId ?? `desk-${hall.centreId}-${window.windowId}`;

const open: DeskAction = {
  label: 'open',
  run: (view) =>
    call('POST /api/centres/:centreId/days/:day/windows/:windowId/open', {
      params: at(view),
      body: {
        ...command(),
        specialistId: specialistAt(view),
        skills: view.groupIds.map((groupId) => ({ groupId, level: 3 as const })),
      },
    }),
};
const ready: DeskAction = {
  label: 'ready',
  run: (view) =>
    call('POST /api/centres/:centreId/days/:day/windows/:windowId/ready', { params: at(view), body: command() }),
};
const resume: DeskAction = { label: 'resume', run: ready.run };
const start: DeskAction = {
  label: 'start',
  run: (view) =>
    call('POST /api/centres/:centreId/days/:day/windows/:windowId/start', { params: at(view), body: withVisit(view) }),
};
const recall: DeskAction = {
  label: 'recall',
  run: (view) =>
    call('POST /api/centres/:centreId/days/:day/windows/:windowId/recall', {
      params: at(view),
      body: withVisit(view),
    }),
};
const noShow: DeskAction = {
  label: 'noShow',
  run: (view) =>
    call('POST /api/centres/:centreId/days/:day/windows/:windowId/no-show', {
      params: at(view),
      body: withVisit(view),
    }),
};
const finish: DeskAction = {
  label: 'finish',
  run: (view) =>
    call('POST /api/centres/:centreId/days/:day/windows/:windowId/finish', { params: at(view), body: withVisit(view) }),
};
const pause: DeskAction = {
  label: 'pause',
  run: (view) =>
    call('POST /api/centres/:centreId/days/:day/windows/:windowId/pause', {
      params: at(view),
      body: { ...command(), reason: view.reason },
    }),
};
const close: DeskAction = {
  label: 'close',
  run: (view) =>
    call('POST /api/centres/:centreId/days/:day/windows/:windowId/close', { params: at(view), body: command() }),
};

/** What can be done at a window in each state; the first is the big one. The server has the same table and the last word. */
export const deskActions: Readonly<Record<WindowState, readonly DeskAction[]>> = {
  closed: [open],
  'not-ready': [ready, pause, close],
  free: [pause, close],
  calling: [start, recall, noShow],
  serving: [finish, pause, close],
  paused: [resume, close],
};
