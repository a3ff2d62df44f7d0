import type { WindowState } from '../../../core/queue/day.ts';
import type { PauseReason } from '../../../core/queue/events.ts';

interface WindowWords {
  readonly states: Readonly<Record<WindowState, string>>;
  readonly reasons: Readonly<Record<PauseReason, string>>;
}

const ru: WindowWords = {
  states: {
    closed: 'закрыто',
    'not-ready': 'готовится',
    free: 'свободно',
    calling: 'вызывает',
    serving: 'приём',
    paused: 'пауза',
  },
  reasons: {
    break: 'перерыв',
    equipment: 'техника',
    paperwork: 'документы',
    training: 'обучение',
    other: 'пауза',
    'no-answer': 'специалист отошёл',
  },
};

const en: WindowWords = {
  states: {
    closed: 'closed',
    'not-ready': 'preparing',
    free: 'free',
    calling: 'calling',
    serving: 'serving',
    paused: 'paused',
  },
  reasons: {
    break: 'break',
    equipment: 'equipment',
    paperwork: 'paperwork',
    training: 'training',
    other: 'paused',
    'no-answer': 'the specialist is away',
  },
};

/** What a window does, as everybody in the hall may see it. */
export const windowMessages = { ru, en };

/** The state of a window in a word: why it is paused, when it is. */
export function windowWord(
  words: WindowWords,
  { state, pauseReason }: { readonly state: WindowState; readonly pauseReason: PauseReason | null },
): string {
  return state === 'paused' && pauseReason !== null ? words.reasons[pauseReason] : words.states[state];
}
