import type { QueueConfiguration } from '../../../core/queue/configuration.ts';
import type { Day } from '../../../core/queue/day.ts';
import type { CentreId, DayKey } from '../../../core/queue/ids.ts';
import type { CivilDate, TimeZone } from '../../../core/time/civil.ts';
import type { Instant } from '../../../core/time/instant.ts';
import type { Db } from '../../platform/handles.ts';

/** A centre as planning sees it. */
export interface PlannedCentre {
  readonly centreId: CentreId;
  readonly name: { readonly ru: string; readonly en: string };
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** What planning asks of its surroundings. */
export interface PlanningSetting {
  readonly db: Db;
  now(): Instant;
  /** The running day of the hall in which a centre receives. Throws unknown-centre. */
  today(centreId: CentreId): Promise<DayKey>;
  hallOf(centreId: CentreId): Promise<CentreId>;
  /** Looks at a running day. Throws what reading a day throws. */
  view<Seen>(key: DayKey, look: (day: Day) => Seen): Promise<Seen>;
  /** The doors of a hall on a day (null: closed), and the days on which it is closed by itself. */
  doorsOf(
    centreId: CentreId,
    day: CivilDate,
  ): Promise<{
    readonly doors: { readonly opens: Instant; readonly closes: Instant } | null;
    readonly timeZone: TimeZone;
    readonly closures: readonly CivilDate[];
  }>;
  /** The wall-clock times at which the half hours of a day begin, such as `08:00`. */
  halfHourStarts(doors: { readonly opens: Instant; readonly closes: Instant }, zone: TimeZone): readonly string[];
  rulesOn(centreId: CentreId, day: CivilDate): Promise<QueueConfiguration>;
  /** Every centre with a hall of its own. */
  centres(): Promise<readonly PlannedCentre[]>;
  /** The plan of a running day is another now. */
  planChanged(centreId: CentreId): Promise<void>;
  /** A day has another plan: what it offers to those who book follows. */
  planned(centreId: CentreId): Promise<void>;
}

/** Calculates when the machine can bear it. Throws planning-busy. */
export type InTurn = <Result>(reckon: () => Promise<Result>) => Promise<Result>;
