import type { Centre } from '../../../contract/network.ts';
import type { KioskSettings } from '../../../contract/screens.ts';
import type { Offered } from '../offer.ts';
import type { Visitor } from '../visitor.ts';

/** What every page of the kiosk is given. */
export interface StepProps {
  readonly centre: Centre;
  readonly offer: readonly Offered[];
  readonly settings: KioskSettings;
  readonly visitor: Visitor;
}
