import type { WindowState } from '../../core/queue/day.ts';
import type { ChosenPauseReason, HoldReason, ServiceOutcome } from '../../core/queue/events.ts';
import type { Hall, HallWindow } from '../../core/queue/hall.ts';
import type { GroupId, ServiceId } from '../../core/queue/ids.ts';
import { allowedActions, type DeskCommand } from '../../core/queue/window-actions.ts';
import { call } from '../shared/client.ts';

/** What an action is given: the hall and the window as the specialist sees them. */
export interface DeskView {
  readonly hall: Hall;
  readonly window: HallWindow;
  readonly skills: readonly { readonly groupId: GroupId; readonly level: 1 | 2 | 3 }[];
  /** The signed-in specialist, by their key in the queue; null in a hall without sign-in, such as a demo. */
  readonly specialistId: string | null;
}

/** What is done at once, and what asks something first. */
export type Immediate = 'open' | 'ready' | 'resume' | 'start' | 'recall' | 'noShow' | 'finish' | 'close';
export type Asking = 'finishOtherwise' | 'hold' | 'transfer' | 'addService' | 'pause';
export type ActionName = Immediate | Asking;

const at = ({ hall, window }: DeskView) => ({ centreId: hall.centreId, day: hall.day, windowId: window.windowId });
const command = () => ({ commandId: crypto.randomUUID() });
const withVisit = ({ window }: DeskView) => ({ ...command(), visitId: window.visit?.visitId ?? '' });
const base = '/api/centres/:centreId/days/:day/windows/:windowId';

/** Where nobody signs in, a window's place is its specialist. */
const specialistAt = ({ hall, window, specialistId }: DeskView) =>
  specialistId ?? `desk-${hall.centreId}-${window.windowId}`;

const ready = (view: DeskView) => call(`POST ${base}/ready`, { params: at(view), body: command() });

/** What each immediate action asks of the server. */
export const immediate: Readonly<Record<Immediate, (view: DeskView) => Promise<unknown>>> = {
  open: (view) =>
    call(`POST ${base}/open`, {
      params: at(view),
      body: { ...command(), specialistId: specialistAt(view), skills: [...view.skills] },
    }),
  ready,
  resume: ready,
  start: (view) => call(`POST ${base}/start`, { params: at(view), body: withVisit(view) }),
  recall: (view) => call(`POST ${base}/recall`, { params: at(view), body: withVisit(view) }),
  noShow: (view) => call(`POST ${base}/no-show`, { params: at(view), body: withVisit(view) }),
  finish: (view) => call(`POST ${base}/finish`, { params: at(view), body: withVisit(view) }),
  close: (view) => call(`POST ${base}/close`, { params: at(view), body: command() }),
};

export const finishWith = (
  view: DeskView,
  serviceId: ServiceId,
  quantity: number,
  outcome: ServiceOutcome,
): Promise<unknown> =>
  call(`POST ${base}/finish`, {
    params: at(view),
    body: { ...withVisit(view), given: { serviceId, quantity }, outcome },
  });

export const hold = (view: DeskView, minutes: number, reason: HoldReason): Promise<unknown> =>
  call(`POST ${base}/hold`, { params: at(view), body: { ...withVisit(view), minutes, reason } });

export const transfer = (view: DeskView, serviceId: ServiceId, returnHere: boolean): Promise<unknown> =>
  call(`POST ${base}/transfer`, { params: at(view), body: { ...withVisit(view), serviceId, returnHere } });

export const addService = (view: DeskView, serviceId: ServiceId, quantity: number): Promise<unknown> =>
  call(`POST ${base}/add-service`, { params: at(view), body: { ...withVisit(view), serviceId, quantity } });

export const pause = (view: DeskView, reason: ChosenPauseReason): Promise<unknown> =>
  call(`POST ${base}/pause`, { params: at(view), body: { ...command(), reason } });

/** The command that each action gives, in the order of the screen: the first is the next thing to do. */
export const COMMANDS: Readonly<Record<ActionName, DeskCommand>> = {
  open: 'open-window',
  ready: 'ready',
  resume: 'ready',
  start: 'start',
  recall: 'recall',
  noShow: 'no-show',
  finish: 'finish',
  finishOtherwise: 'finish',
  addService: 'add-service',
  transfer: 'transfer',
  hold: 'hold',
  pause: 'pause',
  close: 'close-window',
};

/** The same command has another name in another state; at a window that calls, to start says that the specialist is there. */
const isNamedSo = (name: ActionName, state: WindowState) =>
  name === 'ready' ? state === 'not-ready' : name === 'resume' ? state === 'paused' : true;

/** What can be done at a window: what the rules of the queue allow in its state. */
export function deskActions({ state }: Pick<HallWindow, 'state'>, isHallStopped: boolean): readonly ActionName[] {
  const allowed = allowedActions(state, isHallStopped);
  return (Object.keys(COMMANDS) as ActionName[]).filter(
    (name) => allowed.includes(COMMANDS[name]) && isNamedSo(name, state),
  );
}

/** What is so often the next thing to do that it is large. */
const NEXT: ReadonlySet<ActionName> = new Set(['open', 'ready', 'resume', 'start', 'finish'] as const);

/** The next thing to do of all that can be done; null while the hall looks for a visitor. */
export function nextAction(actions: readonly ActionName[]): ActionName | null {
  return actions.find((name) => NEXT.has(name)) ?? null;
}

/** The keys of the actions: the same key is the same thing in every state. */
export const KEYS: Readonly<Record<ActionName, string>> = {
  open: 'F2',
  ready: 'F2',
  resume: 'F2',
  start: 'F2',
  finish: 'F2',
  recall: 'F3',
  noShow: 'F4',
  addService: 'F6',
  transfer: 'F7',
  hold: 'F8',
  pause: 'F9',
  finishOtherwise: 'F10',
  close: 'Shift+F2',
};

/** The action that a key press asks for; null for none. */
export function actionOfKey(
  actions: readonly ActionName[],
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
): ActionName | null {
  const pressed = shiftKey ? `Shift+${key}` : key;
  return actions.find((name) => KEYS[name] === pressed) ?? null;
}
