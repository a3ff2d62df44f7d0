import type { Instant } from '../time/instant.ts';
import { visitOf, windowOf } from './journal.ts';
import { type Alarm, type Day, OVER } from './day.ts';
import { withdrawn } from './decide-hall.ts';
import { endingOf } from './decision.ts';
import type { Draft } from './events.ts';

/** Something that happens by itself: what, and when. `alarm` null: the doors or the day close. */
interface Timer {
  readonly dueAt: Instant;
  readonly alarm: Alarm | null;
}

/** The next timer. While the hall is stopped only timers due before the stop ring: a promise that the stop itself broke. */
function firstAlarm({ alarms, stopped }: Day): Alarm | undefined {
  const [first] = alarms;
  return first === undefined || stopped === null || first.at <= stopped.since ? first : undefined;
}

/** When the day next has something due by itself; null when it never has. */
export function nextDueAt(day: Day): Instant | null {
  if (day.opening === null || day.state === 'closed' || day.movedTo !== null) return null;
  const edge = day.state === 'open' ? day.opening.doorsClose : day.opening.end;
  const alarm = firstAlarm(day);
  return alarm !== undefined && alarm.at < edge ? alarm.at : edge;
}

/** The first thing that is due by `now`, or null. Settling takes it, applies it and asks again. */
export function dueTimer(day: Day, now: Instant): Timer | null {
  const dueAt = nextDueAt(day);
  if (dueAt === null || dueAt > now) return null;
  const alarm = firstAlarm(day);
  return { dueAt, alarm: alarm !== undefined && alarm.at === dueAt ? alarm : null };
}

/** The facts that a timer makes. */
export function draftsOf(day: Day, { alarm }: Timer): readonly Draft[] {
  if (alarm !== null) return ring(day, alarm);
  return day.state === 'open' ? [{ kind: 'doors-closed', body: { day: day.key.day, reason: null } }] : closing(day);
}

/** What an alarm comes to. */
function ring(day: Day, alarm: Alarm): Draft[] {
  switch (alarm.kind) {
    case 'ready':
      return [{ kind: 'window-ready', body: { windowId: alarm.windowId, present: false } }];
    case 'answer': {
      const window = windowOf(day, alarm.windowId);
      return withdrawn(day, { ...window, ending: window.ending ?? 'no-answer' });
    }
    case 'promise':
      return [{ kind: 'promise-broken', body: { visitId: alarm.visitId } }];
    case 'hold': {
      const { visitId, groupId, due, hold } = visitOf(day, alarm.visitId);
      const later = hold?.reason === 'visitor' ? Math.max(due, alarm.at) : due;
      return [{ kind: 'visit-back', body: { visitId, groupId, due: later } }];
    }
    case 'bound':
      return [{ kind: 'visit-unbound', body: { visitId: alarm.visitId } }];
    case 'come': {
      const { visitId, windowId } = visitOf(day, alarm.visitId);
      const noShow: Draft = { kind: 'visit-no-show', body: { visitId, windowId } };
      return windowId === null ? [noShow] : [noShow, ...endingOf(windowOf(day, windowId))];
    }
  }
}

/** The day ends: visits that were not served lapse, every window closes, and nothing follows. */
function closing(day: Day): Draft[] {
  const drafts: Draft[] = [];
  for (const { visitId, groupId, windowId, state } of day.visits.values()) {
    if (!OVER.has(state) && state !== 'no-show') {
      drafts.push({ kind: 'visit-lapsed', body: { visitId, groupId, windowId, waiting: state === 'waiting' } });
    }
  }
  for (const { windowId, state } of day.windows.values()) {
    if (state !== 'closed') drafts.push({ kind: 'window-closed', body: { windowId } });
  }
  drafts.push({ kind: 'day-closed', body: { day: day.key.day } });
  return drafts;
}
