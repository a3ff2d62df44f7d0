import { NUMBER_LETTERS } from '../../core/queue/configuration.ts';
import type { CivilDate, TimeZone } from '../../core/time/civil.ts';
import type { NewCentre } from '../../server/modules/network/index.ts';
import type { RecordedTicket } from './recorded-day.ts';

export const REPLAY_ZONE = 'Europe/Warsaw' as TimeZone;
const OPENS = '07:30';
const CLOSES = '19:00';

/** The centres that a recorded day needs: an office each, with a service group for each of its queues. */
export interface ReplayNetwork {
  readonly centres: readonly NewCentre[];
  readonly centreIdOf: (office: string) => number;
  readonly groupIdOf: (queue: string) => string;
}

/** `windowsEach`: so many windows that serve every group; null: a window for each queue, as the recording has it. */
export function replayNetwork(
  tickets: readonly RecordedTicket[],
  date: CivilDate,
  windowsEach: number | null,
): ReplayNetwork {
  const offices = [...new Set(tickets.map(({ office }) => office))].sort();
  const groupIdOf = (queue: string) => `queue-${queue.toLowerCase().replaceAll(/[^a-z0-9]/g, '-')}`;
  const centres = offices.map((office, index): NewCentre => {
    const queues = [...new Set(tickets.filter((ticket) => ticket.office === office).map(({ queue }) => queue))].sort();
    if (queues.length > NUMBER_LETTERS.length) {
      throw new Error(`${office} has ${queues.length} queues; a centre has letters for ${NUMBER_LETTERS.length}.`);
    }
    const groups = queues.map((queue, place) => ({
      groupId: groupIdOf(queue),
      letter: NUMBER_LETTERS.charAt(place),
      name: { ru: queue, en: queue },
    }));
    const all = groups.map(({ groupId }) => groupId);
    const windows =
      windowsEach === null
        ? all.map((groupId, place) => ({ windowId: place + 1, groupIds: [groupId] }))
        : Array.from({ length: windowsEach }, (_, place) => ({ windowId: place + 1, groupIds: all }));
    return {
      centreId: index + 1,
      code: `replay-${index + 1}`,
      kind: 'district',
      name: { ru: office, en: office },
      district: { ru: '', en: '' },
      timeZone: REPLAY_ZONE,
      walkInLimitMinutes: 15,
      readyAfterSeconds: null,
      hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
        weekday,
        validFrom: date,
        validTo: date,
        opens: OPENS,
        closes: CLOSES,
      })),
      groups,
      windows,
    };
  });
  return { centres, groupIdOf, centreIdOf: (office) => offices.indexOf(office) + 1 };
}
