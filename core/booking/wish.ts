import type { Position } from '../city/distance.ts';
import type { CentreId, ServiceId } from '../queue/ids.ts';
import type { CivilDate, TimeZone } from '../time/civil.ts';
import type { Need } from './need.ts';
import type { BookingSetting, Channel } from './setting.ts';

/** The wishes of a visitor, at any centre. */
export interface Wish {
  readonly services: readonly { readonly serviceId: ServiceId; readonly quantity: number }[];
  readonly persons: number;
  readonly channel: Channel;
}

/** A centre that gives what is wanted, and what it takes there. */
export interface Offer {
  readonly centreId: CentreId;
  readonly zone: TimeZone;
  readonly position: Position | null;
  /** The business day that runs there now. */
  readonly today: CivilDate;
  readonly setting: BookingSetting;
  readonly need: Need;
  /** The services, each with the days on which the centre does not give it; both ends count. */
  readonly given: readonly {
    readonly serviceId: ServiceId;
    readonly off: readonly { readonly from: CivilDate; readonly to: CivilDate }[];
  }[];
}
