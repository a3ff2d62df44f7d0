import type { WindowState } from '../../../core/queue/day.ts';
import type { PauseReason } from '../../../core/queue/events.ts';

export const ru = {
  window: (windowId: number) => `Окно ${windowId}`,
  states: {
    closed: 'Окно закрыто',
    'not-ready': 'Готовы принять следующего?',
    free: 'Ждём посетителя: он будет вызван сам',
    calling: 'Вызван посетитель',
    serving: 'Идёт приём',
    paused: 'Пауза',
  } satisfies Record<WindowState, string> as Record<WindowState, string>,
  open: 'Открыть окно',
  ready: 'Готов принять следующего',
  resume: 'Продолжить приём',
  start: 'Посетитель пришёл',
  ending: (closes: boolean): string =>
    closes ? 'После этого посетителя окно закроется.' : 'После этого посетителя — пауза.',
  stopped: 'Приём во всём зале остановлен. Очередь сохранена.',
  recall: 'Позвать ещё раз',
  noShow: 'Не явился',
  finish: 'Завершить приём',
  pause: 'Пауза',
  close: 'Закрыть окно',
  reason: 'Причина паузы',
  reasons: {
    break: 'перерыв',
    equipment: 'техника',
    paperwork: 'работа с документами',
    training: 'обучение',
    other: 'другое',
    'no-answer': 'специалист отошёл',
  } satisfies Record<PauseReason, string> as Record<PauseReason, string>,
  waiting: (visits: number) => `Ждут в зале: ${visits}`,
  notHere: 'В этом центре нет такого окна',
};
