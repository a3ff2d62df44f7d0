import type { CentreNow } from '../../contract/hall-desk.ts';
import type { CentreSummary } from '../../contract/network.ts';

/** A centre with what is known of it at the moment that is shown. */
export interface Shown extends CentreSummary {
  readonly figures: CentreNow | null;
}
