import type { Identity } from '../../../contract/persons.ts';
import type { Read } from '../../platform/handles.ts';
import type { CaseRoom } from '../applications/index.ts';
import type { Outward } from '../../platform/public-http.ts';

/** The services that agencies need in addition to those of applications. */
export interface AgencyRoom extends CaseRoom {
  /** Who these people are, for the agency that is to decide. */
  identities(tx: Read, personIds: readonly string[]): Promise<ReadonlyMap<string, Identity>>;
  readonly outward: Outward;
  readonly log: (message: string, error?: unknown) => void;
}
