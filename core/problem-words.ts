import type { CommandKind } from './queue/commands.ts';
import type { VisitState, WindowState } from './queue/day.ts';
import type { Drink, StopReason } from './queue/events.ts';

/** A word in the languages of problems. */
type Words = { readonly ru: string; readonly en: string };

/** What the sentences of problems say for codes: one table for each kind of code. */
export const windowStates: Record<WindowState, Words> = {
  closed: { ru: 'закрыто', en: 'closed' },
  'not-ready': { ru: 'ещё не готово принимать', en: 'not ready yet' },
  free: { ru: 'свободно и ждёт посетителя', en: 'free and waiting for a visitor' },
  calling: { ru: 'вызывает посетителя', en: 'calling a visitor' },
  serving: { ru: 'обслуживает посетителя', en: 'serving a visitor' },
  paused: { ru: 'на паузе', en: 'paused' },
};

export const visitStates: Record<VisitState, Words> = {
  expected: { ru: 'взят удалённо и ждёт отметки о приходе', en: 'taken from home and not checked in' },
  waiting: { ru: 'ждёт вызова', en: 'waiting' },
  called: { ru: 'вызван к окну', en: 'called to a window' },
  serving: { ru: 'на приёме', en: 'being served' },
  held: { ru: 'отложен', en: 'held' },
  finished: { ru: 'уже обслужен', en: 'finished' },
  'no-show': { ru: 'отмечен неявкой', en: 'a no-show' },
  left: { ru: 'отменён посетителем', en: 'left by the visitor' },
  lapsed: { ru: 'закрыт вместе с днём', en: 'over with the day' },
};

export const stopReasons: Record<StopReason, Words> = {
  alarm: { ru: 'тревога', en: 'an alarm' },
  power: { ru: 'нет электричества', en: 'no power' },
  network: { ru: 'нет связи', en: 'no network' },
  safety: { ru: 'безопасность людей', en: 'safety' },
  other: { ru: 'другая причина', en: 'another reason' },
};

export const drinks: Record<Drink, Words> = {
  tea: { ru: 'чай', en: 'tea' },
  coffee: { ru: 'кофе', en: 'coffee' },
  cocoa: { ru: 'какао', en: 'cocoa' },
};

export const actions: Partial<Record<CommandKind, Words>> = {
  'open-window': { ru: 'открыть окно', en: 'open the window' },
  'set-skills': { ru: 'изменить навыки', en: 'change the skills' },
  ready: { ru: 'принять следующего', en: 'take the next visitor' },
  start: { ru: 'начать приём', en: 'start the service' },
  finish: { ru: 'завершить приём', en: 'finish the service' },
  'no-show': { ru: 'отметить неявку', en: 'mark a no-show' },
  recall: { ru: 'позвать ещё раз', en: 'call once more' },
  'add-service': { ru: 'добавить услугу', en: 'add a service' },
  transfer: { ru: 'передать посетителя', en: 'transfer the visitor' },
  pick: { ru: 'вызвать посетителя вне очереди', en: 'call a visitor out of order' },
  pause: { ru: 'поставить на паузу', en: 'pause the window' },
  'close-window': { ru: 'закрыть окно', en: 'close the window' },
};

export const clockKinds = {
  real: { ru: 'настоящими', en: 'real' },
  demo: { ru: 'демонстрационными', en: 'demo' },
  replay: { ru: 'проигрывателя', en: 'replay' },
};
