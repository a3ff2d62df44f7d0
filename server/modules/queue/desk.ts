import type { Asker } from '../../../core/access/asker.ts';
import { refuse } from '../../../core/problems.ts';
import type { CommandBodies, CommandKind } from '../../../core/queue/commands.ts';
import type { CentreId, CommandId, DayKey, SpecialistId, VisitId, WindowId } from '../../../core/queue/ids.ts';
import type { QueueEvent } from '../../../core/queue/events.ts';
import type { CivilDate } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { VisitReply, WindowReply } from '../../../contract/queue.ts';
import { commandOf } from './chain.ts';
import type { LiveHall } from './live-hall.ts';
import { visitReplyOf, windowReplyOf } from './replies.ts';
import type { Seat } from './seats/queries.ts';
import type { VisitPlace } from './visit-token.ts';

/** The data of a visit that may have to be forgotten, kept outside the log. */
export interface KeptPerson {
  readonly ground: string | null;
  readonly contact: string | null;
}

/** What the routes of the queue need. */
export interface QueueSetting extends LiveHall {
  now(): Instant;
  /** The centre in whose hall a centre receives. Throws unknown-centre. */
  hallOf(centreId: CentreId): Promise<CentreId>;
  /** The next day after this one on which the centre receives; null when there is none within a year. */
  nextOpenDay(key: DayKey): Promise<CivilDate | null>;
  /** What the tokens of visits are made with. */
  readonly visitKey: Buffer;
  /** Takes a seat for a specialist; gives null, or the centre at which they still sit. */
  takeSeat(specialistId: SpecialistId, seat: Seat): Promise<CentreId | null>;
  keepPerson(place: VisitPlace, person: KeptPerson): Promise<void>;
  /** Whether the caller runs this hall; a right at another centre says nothing here. */
  mayRunHall(asker: Asker, hallId: CentreId): Promise<boolean>;
  /** What a centre is called, and its time zone. Throws unknown-centre. */
  centre(
    centreId: CentreId,
  ): Promise<{ readonly name: { readonly ru: string; readonly en: string }; readonly timeZone: string }>;
  /** The running days of all halls that receive today, and the days of all halls at a past moment. */
  allHalls(): Promise<readonly DayKey[]>;
  allHallsAt(at: Instant): Promise<readonly DayKey[]>;
  /** The doors of a hall were closed before their hour, or opened again: bookings of the rest of the day follow. */
  doorsMoved(
    key: DayKey,
    doors: { readonly isOpen: boolean; readonly reason: string | null },
    asker: Asker,
  ): Promise<void>;
  /** The events of one window: opened, ready, paused, closed. */
  windowEvents(key: DayKey, windowId: WindowId): Promise<readonly QueueEvent[]>;
}

/** How a request becomes a command, and what is answered: the events, a window, a visit or the hall. */
export interface QueueDesk extends QueueSetting {
  /** The day of the hall that a centre receives in. */
  keyOf(key: DayKey): Promise<DayKey>;
  carryOut<Kind extends CommandKind>(
    key: DayKey,
    kind: Kind,
    id: CommandId,
    body: CommandBodies[Kind],
  ): Promise<readonly QueueEvent[]>;
  atWindow<Kind extends CommandKind>(
    params: DayKey & { readonly windowId: WindowId },
    kind: Kind,
    id: CommandId,
    body: CommandBodies[Kind],
  ): Promise<WindowReply>;
  ofVisit<Kind extends CommandKind>(
    params: DayKey & { readonly visitId: VisitId },
    kind: Kind,
    id: CommandId,
    body: CommandBodies[Kind],
  ): Promise<VisitReply>;
  visitNow(key: DayKey, visitId: VisitId): Promise<VisitReply>;
}

export function openDesk(setting: QueueSetting): QueueDesk {
  const { dayBook } = setting;
  const keyOf: QueueDesk['keyOf'] = async ({ centreId, day }) => ({ centreId: await setting.hallOf(centreId), day });
  const carryOut: QueueDesk['carryOut'] = async (key, kind, id, body) =>
    dayBook.carryOut(await keyOf(key), commandOf(kind, id, body));
  const visitNow: QueueDesk['visitNow'] = async (key, visitId) => {
    const now = setting.now();
    const seen = await dayBook.view(key, (day) => {
      const visit = day.visits.get(visitId);
      return visit === undefined ? null : visitReplyOf(day, visit, now);
    });
    return seen ?? refuse('unknown-visit', { visitId });
  };
  return {
    ...setting,
    keyOf,
    carryOut,
    visitNow,
    atWindow: async (params, kind, id, body) => windowReplyOf(params.windowId, await carryOut(params, kind, id, body)),
    ofVisit: async (params, kind, id, body) => {
      await carryOut(params, kind, id, body);
      return visitNow(await keyOf(params), params.visitId);
    },
  };
}
