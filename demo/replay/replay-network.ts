import { numberSeries } from '../../core/queue/letters.ts';
import type { CivilDate, TimeZone } from '../../core/time/civil.ts';
import type { NewCentre } from '../../server/modules/network/index.ts';
import type { RecordedTicket } from '../../server/modules/planning/index.ts';

export const REPLAY_ZONE = 'Europe/Warsaw' as TimeZone;
const OPENS = '07:30';
const CLOSES = '19:00';

/** A recorded day is replayed as it happened: no specialist is asked whether they are there, and nothing is put off. */
const RECORDED_RULES: NonNullable<NewCentre['rules']> = {
  answerSeconds: null,
  calls: { recallsMax: 0, cooldownSeconds: 0, noShowSeconds: null, returnsMax: 0 },
  closingGraceMinutes: null,
};

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
    const letters = numberSeries(queues.length);
    if (letters.length < queues.length) throw new Error(`${office} has more queues than there are letters.`);
    const groups = queues.map((queue, place) => ({
      groupId: groupIdOf(queue),
      letter: letters[place] as string,
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
      rules: RECORDED_RULES,
    };
  });
  return { centres, groupIdOf, centreIdOf: (office) => offices.indexOf(office) + 1 };
}
