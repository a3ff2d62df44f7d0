import {
  type ClassRule,
  configurationFaults,
  GENERAL_MINUTES,
  generalService,
  type GroupRule,
  isWhole,
  NUMBERS,
  ORDINARY,
  type QueueConfiguration,
  type ServiceRule,
  USUAL_RULES,
  type WindowRule,
} from './configuration.ts';
import type { GroupId, ServiceId, WindowId } from './ids.ts';
import { isNumberSeries, nextSeries } from './letters.ts';

/** What was taken otherwise than it is written, because a day could not begin with it. `which`: a group, a service, a window or a rule. */
export interface Mended {
  readonly what: 'letter' | 'numbers' | 'service' | 'window' | 'rule';
  readonly which: string;
}

/** Rules that a day can begin with, and what was changed for that. */
export interface UsableRules {
  readonly configuration: QueueConfiguration;
  readonly mended: readonly Mended[];
}

/**
 * Makes rules usable: a hall with a faulty rule receives by the nearest that makes sense, with an alert, instead of receiving
 * nobody. Faultless rules come back as they are. Of two groups with one letter the first keeps it, and the other is given a free one.
 */
export function usableRules(configuration: QueueConfiguration): UsableRules {
  if (configurationFaults(configuration).length === 0) return { configuration, mended: [] };
  const mended: Mended[] = [];
  const note = (what: Mended['what'], which: string) => void mended.push({ what, which });
  const groups = usableGroups(configuration.groups, note);
  const groupIds = new Set(groups.map(({ groupId }) => groupId));
  const services = usableServices(configuration.services, groupIds, note);
  const windows = usableWindows(configuration.windows, groupIds, note);
  return {
    configuration: { ...configuration, groups, services, windows, ...usableFigures(configuration, note) },
    mended,
  };
}

type Note = (what: Mended['what'], which: string) => void;

function usableGroups(all: readonly GroupRule[], note: Note): GroupRule[] {
  const groups = new Map<GroupId, GroupRule>();
  const used = new Set(all.map(({ letter }) => letter));
  const given = new Set<string>();
  for (const { groupId, ...rule } of all) {
    if (groups.has(groupId)) continue;
    let { letter, quota } = rule;
    if (given.has(letter) || !isNumberSeries(letter)) {
      note('letter', groupId);
      letter = nextSeries(used) ?? letter;
      used.add(letter);
    }
    given.add(letter);
    if (quota !== null && !isWhole(quota, 0, 1_000_000)) {
      note('numbers', groupId);
      quota = null;
    }
    const { firstNumber, lastNumber } = rule;
    const isOrdered = isWhole(firstNumber, 0, 999) && isWhole(lastNumber, firstNumber, 999);
    if (!isOrdered) note('numbers', groupId);
    groups.set(groupId, { ...(isOrdered ? { firstNumber, lastNumber } : NUMBERS), groupId, letter, quota });
  }
  return [...groups.values()];
}

function usableServices(
  all: readonly ServiceRule[],
  groupIds: ReadonlySet<GroupId>,
  note: Note,
): readonly ServiceRule[] {
  const services = new Map<ServiceId, ServiceRule>();
  for (const service of all) {
    const { serviceId, groupId, minutes } = service;
    if (services.has(serviceId)) continue;
    const isLong = isWhole(minutes, 1, 480);
    if (!groupIds.has(groupId) || !isLong) note('service', serviceId);
    if (groupIds.has(groupId)) services.set(serviceId, isLong ? service : { ...service, minutes: GENERAL_MINUTES });
  }
  for (const groupId of groupIds) {
    const serviceId = generalService(groupId);
    if (!services.has(serviceId))
      services.set(serviceId, { serviceId, groupId, level: 1, minutes: GENERAL_MINUTES, off: false });
  }
  return [...services.values()];
}

function usableWindows(all: readonly WindowRule[], groupIds: ReadonlySet<GroupId>, note: Note): WindowRule[] {
  const windows = new Map<WindowId, WindowRule>();
  for (const window of all) {
    if (windows.has(window.windowId)) continue;
    const known = window.groupIds.filter((groupId) => groupIds.has(groupId));
    if (known.length < window.groupIds.length) note('window', String(window.windowId));
    windows.set(window.windowId, known.length < window.groupIds.length ? { ...window, groupIds: known } : window);
  }
  return [...windows.values()];
}

/** The walk-in limit of a hall whose own makes no sense. */
const WALK_IN_MINUTES = 15;

function usableFigures(all: QueueConfiguration, note: Note): Partial<QueueConfiguration> {
  const figure = <Value>(name: string, value: Value, isUsable: boolean, instead: Value): Value => {
    if (!isUsable) note('rule', name);
    return isUsable ? value : instead;
  };
  const isTime = (seconds: number | null) => seconds === null || isWhole(seconds, 0, 3_600);
  const { walkInLimitMinutes, readyAfterSeconds, answerSeconds, calls, plannedWindows } = all;
  const isInOrder = calls.noShowSeconds === null || calls.noShowSeconds >= calls.cooldownSeconds;
  const classes = new Map<string, ClassRule>();
  for (const one of all.classes) {
    const isUsable = one.letter !== ORDINARY && !classes.has(one.letter) && isWhole(one.limitMinutes, 0, 240);
    if (isUsable) classes.set(one.letter, one);
    else note('rule', 'classes');
  }
  return {
    walkInLimitMinutes: figure(
      'walk-in-limit',
      walkInLimitMinutes,
      isWhole(walkInLimitMinutes, 1, 240),
      WALK_IN_MINUTES,
    ),
    readyAfterSeconds: figure('ready-after', readyAfterSeconds, isTime(readyAfterSeconds), null),
    answerSeconds: figure('answer', answerSeconds, isTime(answerSeconds), USUAL_RULES.answerSeconds),
    calls: figure('calls', calls, isInOrder, USUAL_RULES.calls),
    plannedWindows: figure(
      'plan',
      plannedWindows,
      plannedWindows.every((one) => isWhole(one, 0, 999)),
      [],
    ),
    classes: [...classes.values()],
  };
}
