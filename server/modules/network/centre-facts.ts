import type { CentreId } from '../../../core/queue/ids.ts';
import { businessDayAt, type CivilDate, type TimeZone } from '../../../core/time/civil.ts';
import type { NetworkContext } from './context.ts';

/** The civil date at a centre. Throws `unknown-centre`. */
export async function centreDay(
  { directory, now }: Pick<NetworkContext, 'directory' | 'now'>,
  centreId: CentreId,
): Promise<CivilDate> {
  return businessDayAt(now(), (await directory.centre(centreId)).centre.time_zone);
}

/** What papers and messages name of a centre. Throws `unknown-centre`. */
export async function centreFacts(
  { directory }: Pick<NetworkContext, 'directory'>,
  centreId: CentreId,
): Promise<{
  readonly name: { readonly ru: string; readonly en: string };
  readonly address: string;
  readonly zone: TimeZone;
}> {
  const { name_ru: ru, name_en: en, address_ru: address, time_zone: zone } = (await directory.centre(centreId)).centre;
  return { name: { ru, en }, address: address ?? '', zone };
}
