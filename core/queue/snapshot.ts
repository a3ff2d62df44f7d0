import { alarmsOfVisit, alarmsOfWindow, soonerAlarm } from './alarms.ts';
import { line } from './journal.ts';
import type { QueueConfiguration } from './configuration.ts';
import type { SaidLevel, CommandPlace, Day, Given, Visit, Window } from './day.ts';
import type { DayKey, GroupId } from './ids.ts';

type Kept =
  | 'state'
  | 'seq'
  | 'at'
  | 'epoch'
  | 'opening'
  | 'home'
  | 'movedTo'
  | 'stopped'
  | 'ordinaryInARow'
  | 'appointments';

/**
 * The state of a day as plain JSON: everything that does not follow from something else in it. Its rules are named separately.
 * Only the very code that took it can use it; the events are the truth.
 */
export interface DaySnapshot extends Pick<Day, Kept> {
  readonly visits: readonly Visit[];
  readonly windows: readonly (Omit<Window, 'equippedFor'> & { readonly equippedFor: readonly GroupId[] })[];
  readonly given: readonly (readonly [GroupId, Given])[];
  readonly commands: readonly CommandPlace[];
  readonly saidSkills: readonly (readonly [string, SaidLevel])[];
}

/** Takes a snapshot; it shares what it shows with the day and has to be written down before the day goes on. */
export function snapshotOf(day: Day): DaySnapshot {
  const { state, seq, at, epoch, opening, home, movedTo, stopped, ordinaryInARow, appointments } = day;
  return {
    state,
    seq,
    at,
    epoch,
    opening,
    home,
    movedTo,
    stopped,
    ordinaryInARow,
    appointments,
    visits: [...day.visits.values()],
    windows: Array.from(day.windows.values(), (window) => ({ ...window, equippedFor: [...window.equippedFor] })),
    given: [...day.given],
    commands: [...day.commands.values()],
    saidSkills: [...day.saidSkills],
  };
}

/** The day of a snapshot that went through JSON: waiting visits are in their lines again, and timers run again. */
export function dayOf(key: DayKey, snapshot: DaySnapshot, configuration: QueueConfiguration): Day {
  const { visits, windows: shown, given, commands, saidSkills, ...kept } = snapshot;
  const windows = shown.map((window): Window => ({ ...window, equippedFor: new Set(window.equippedFor) }));
  const day: Day = {
    ...kept,
    key,
    configuration,
    visits: new Map(visits.map((visit) => [visit.visitId, visit])),
    windows: new Map(windows.map((window) => [window.windowId, window])),
    free: new Set(windows.filter(({ state }) => state === 'free')),
    lines: new Map(),
    given: new Map(given),
    numbers: new Map(visits.map(({ number, visitId }) => [number, visitId])),
    commands: new Map(commands.map((place) => [place.mark.id, place])),
    alarms: [...visits.flatMap(alarmsOfVisit), ...windows.flatMap(alarmsOfWindow)].sort(soonerAlarm),
    journal: null,
    saidSkills: new Map(saidSkills),
  };
  for (const visit of visits) if (visit.state === 'waiting') line(day, visit);
  return day;
}
