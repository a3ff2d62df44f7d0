import type { CivilDate } from '../../../../core/time/civil.ts';
import { overview } from '../../catalogue/index.ts';
import type { Read } from '../../../platform/handles.ts';
import { agencies } from '../agencies/queries.ts';
import type { CaseContext } from '../context.ts';
import type { FigureKind } from './queries.ts';

type Words = { readonly ru: string; readonly en: string };

/** What services, centres or agencies are called, by their keys. */
export async function namesOf(
  tx: Read,
  { directory }: CaseContext,
  by: FigureKind,
  day: CivilDate,
): Promise<ReadonlyMap<string, Words>> {
  if (by === 'service') return new Map((await overview(tx, day)).map(({ serviceId, name }) => [serviceId, name]));
  if (by === 'agency') {
    const known = (await agencies(tx)).map(({ agencyId, name }) => [agencyId, name] as const);
    return new Map([['', { ru: 'Решает центр', en: 'Decided by the centre' }], ...known]);
  }
  const entries = await directory.all();
  return new Map(entries.map(({ centre }) => [String(centre.centre_id), { ru: centre.name_ru, en: centre.name_en }]));
}
