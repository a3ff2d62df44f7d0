import type { Asker } from '../../../core/access/asker.ts';
import { refuse } from '../../../core/problems.ts';
import type { Read } from '../../platform/handles.ts';
import { type Partner, partnerByName } from './queries.ts';

/** The partner whose program asks; null for any other caller. */
export async function partnerOfAsker(tx: Read, { kind, id }: Asker): Promise<Partner | null> {
  return kind === 'key' && id !== null ? partnerByName(tx, id) : null;
}

/** The partner whose program asks. Throws channel-not-yours. */
export async function mustBePartner(tx: Read, asker: Asker): Promise<Partner> {
  return (await partnerOfAsker(tx, asker)) ?? refuse('channel-not-yours', {});
}
