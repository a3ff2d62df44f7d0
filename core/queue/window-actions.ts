import type { CommandKind } from './commands.ts';
import type { WindowState } from './day.ts';

export type WindowCommand = Extract<
  CommandKind,
  | 'open-window'
  | 'set-skills'
  | 'ready'
  | 'recall'
  | 'start'
  | 'add-service'
  | 'finish'
  | 'no-show'
  | 'transfer'
  | 'pick'
  | 'pause'
  | 'close-window'
>;

/** In which states of a window each command may be given: the whole life of a window in one table. */
export const windowCommandsAllowed: { readonly [Kind in WindowCommand]: readonly WindowState[] } = {
  'open-window': ['closed'],
  'set-skills': ['not-ready', 'free', 'calling', 'serving', 'paused'],
  ready: ['not-ready', 'paused', 'calling'],
  recall: ['calling'],
  start: ['calling'],
  'add-service': ['serving'],
  finish: ['serving'],
  'no-show': ['calling'],
  transfer: ['serving'],
  pick: ['not-ready', 'free'],
  pause: ['not-ready', 'free', 'calling', 'serving'],
  'close-window': ['not-ready', 'free', 'calling', 'serving', 'paused'],
};

/** Commands that are allowed while the hall is stopped: leaving, and ending the stop. */
export const allowedWhileStopped: ReadonlySet<CommandKind> = new Set([
  'resume-hall',
  'close-doors',
  'open-doors',
  'move-home',
  'take-home',
  'configure',
  'finish',
  'leave',
  'redeem',
  'close-window',
  'wake',
] as const);

/** What the specialist at a window may command: neither the skills nor the choice of the visitor are theirs. */
export type DeskCommand = Exclude<WindowCommand, 'set-skills' | 'pick'> | 'hold';

/** Where each may be given. A visitor who is served may be held, as well. */
const deskCommands: { readonly [Kind in DeskCommand]: readonly WindowState[] } = {
  'open-window': windowCommandsAllowed['open-window'],
  ready: windowCommandsAllowed.ready,
  start: windowCommandsAllowed.start,
  recall: windowCommandsAllowed.recall,
  'no-show': windowCommandsAllowed['no-show'],
  finish: windowCommandsAllowed.finish,
  'add-service': windowCommandsAllowed['add-service'],
  transfer: windowCommandsAllowed.transfer,
  hold: ['serving'],
  pause: windowCommandsAllowed.pause,
  'close-window': windowCommandsAllowed['close-window'],
};

/** What the specialist may command in a state of the window: `decide` refuses every other command because of that state, and none of these. */
export function allowedActions(state: WindowState, isHallStopped: boolean): readonly DeskCommand[] {
  return (Object.keys(deskCommands) as DeskCommand[]).filter(
    (kind) => deskCommands[kind].includes(state) && (!isHallStopped || allowedWhileStopped.has(kind)),
  );
}
