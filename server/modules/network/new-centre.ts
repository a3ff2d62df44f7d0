import type { GroupRule, ServiceRule, WindowRule } from '../../../core/queue/configuration.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import type { CivilTime, TimeZone } from '../../../core/time/civil.ts';
import type { CentreRules, HoursRow } from './queries.ts';

export interface Words {
  readonly ru: string;
  readonly en: string;
}

/** A centre with all that it needs to receive visitors. */
export interface NewCentre {
  readonly centreId: CentreId;
  readonly code: string;
  readonly kind: 'district' | 'flagship' | 'mobile' | 'seasonal';
  readonly name: Words;
  readonly district: Words;
  /** The district's row; made by its name where it is left out. */
  readonly districtId?: number | null;
  readonly timeZone: TimeZone;
  readonly walkInLimitMinutes: number;
  readonly readyAfterSeconds: number | null;
  readonly hours: readonly HoursRow[];
  readonly groups: readonly NewGroup[];
  /** In addition to the general service that every group has. */
  readonly services?: readonly (Omit<ServiceRule, 'off'> & { readonly name: Words })[];
  readonly windows: readonly WindowRule[];
  /** What the centre says otherwise than the usual rules of a hall. */
  readonly rules?: CentreRules;
  readonly plannedWindows?: readonly PlannedHalfHour[];
  /** The centre in whose hall this one receives; its own when left out. */
  readonly hallOf?: CentreId | null;
  /** Where it is (WGS 84); unknown when left out. */
  readonly position?: { readonly latitude: number; readonly longitude: number };
  /** The parts of its hall, each with its windows. */
  readonly zones?: readonly { readonly zoneId: number; readonly name: Words; readonly windowIds: readonly number[] }[];
}

export type NewGroup = Pick<GroupRule, 'groupId' | 'letter'> & Partial<GroupRule> & { readonly name: Words };

/** The number of windows in the half hour that begins at this wall-clock time, on a weekday within dates. */
export interface PlannedHalfHour extends Pick<HoursRow, 'weekday' | 'validFrom' | 'validTo'> {
  readonly starts: CivilTime;
  readonly windows: number;
}
