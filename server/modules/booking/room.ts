import type { Stop } from '../../../core/booking/life.ts';
import type { VisitState } from '../../../core/queue/day.ts';
import type { ClassLetter, CentreId, DayKey, ServiceId, VisitId } from '../../../core/queue/ids.ts';
import type { CivilDate, TimeZone } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Asker } from '../../../core/access/asker.ts';
import type { NoticesContext } from '../notices/index.ts';
import type { Ticket } from '../../../contract/queue.ts';
import type { Db, Read, Write } from '../../platform/handles.ts';
import type { CentreMeans, GivenService, Words } from '../network/index.ts';

/** A centre as bookings know it. */
export interface BookableCentre {
  readonly centreId: CentreId;
  readonly name: Words;
  readonly address: string;
  readonly zone: TimeZone;
  readonly position: { readonly latitude: number; readonly longitude: number } | null;
  /** The business day that runs there at a moment. */
  today(now: Instant): CivilDate;
  /** Everything that its doors follow from, as text: while it is the same, they are. */
  readonly calendar: string;
  /** When its doors are open on a date; null: not at all. */
  doorsOn(day: CivilDate): { readonly opens: Instant; readonly closes: Instant } | null;
}

/** A visitor who booked and has come. */
export interface Arrival {
  readonly bookingId: string;
  /** The visit that it becomes. */
  readonly visitId: VisitId;
  readonly centreId: CentreId;
  readonly day: CivilDate;
  readonly slot: Instant;
  readonly services: readonly { readonly serviceId: ServiceId; readonly quantity: number }[];
  readonly persons: number;
  readonly classLetter: ClassLetter;
  readonly language: string;
}

/** What bookings are told of the city, and what they tell it. */
export interface BookingRoom extends Pick<NoticesContext, 'ways' | 'sendNow'> {
  readonly db: Db;
  readonly now: () => Instant;
  /** Secrets of this installation: for the token of a booking, and for the key of a contact. */
  readonly tokenKey: Buffer;
  readonly contactKey: Buffer;
  /** Where the city's site is, as messages name it; null: they name none. */
  readonly site: string | null;
  /** True when the caller keeps the bookings of a centre. */
  mayKeepAt(asker: Asker, centreId: CentreId): Promise<boolean>;
  hallOf(centreId: CentreId): Promise<CentreId>;
  centres(): Promise<readonly BookableCentre[]>;
  /** The centres as a transaction sees them, its own writes included. */
  centresWithin(tx: Write): Promise<readonly BookableCentre[]>;
  /** The version of each centre: another one after every write that changes what it can offer. */
  versions(tx: Write): Promise<ReadonlyMap<CentreId, string>>;
  means(tx: Read, centreId: CentreId | null, from: CivilDate): Promise<Map<CentreId, CentreMeans>>;
  services(tx: Read): Promise<readonly GivenService[]>;
  /** The visit that a booking becomes when its visitor comes; `before`: the one that it was and that is over, null for the first. */
  visitIdOf(bookingId: string, before: VisitId | null): VisitId;
  /** Lines up a visitor who booked; however often it is called, it is one visit. */
  arrive(arrival: Arrival): Promise<Ticket>;
  /** The ticket of a visit as it is now; `back`: its visitor had gone and lines up again, if the rules of the hall let them. */
  ticketOf(day: DayKey, visitId: VisitId, back: boolean): Promise<Ticket>;
  /** What became of a visit: its state, null when it is not known. */
  visitState(tx: Read, day: DayKey, visitId: VisitId): Promise<VisitState | null>;
  /** The stops of the hall of a centre on a day. */
  stopsOf(tx: Read, day: DayKey): Promise<readonly Stop[]>;
}
