import type { CentreId } from '../../../core/queue/ids.ts';
import { siteCentres } from './centre-cards.ts';
import type { SiteContext } from './context.ts';

/** Where visitors may say that they are: the centres of districts, by their names. */
export async function originsOf(
  context: SiteContext,
): Promise<{ centreId: CentreId; name: { ru: string; en: string } }[]> {
  return (await siteCentres(context))
    .filter(({ kind, position }) => kind === 'district' && position !== null)
    .map(({ centreId, name: { ru, en } }) => ({
      centreId,
      name: { ru: shortName(ru), en: shortName(en) },
    }))
    .toSorted((a, b) => (a.name.ru < b.name.ru ? -1 : 1));
}

/** «Центр госуслуг района Хамовники» in a list of centres is Хамовники. */
function shortName(name: string): string {
  return name.replace(/^Центр госуслуг района /, '').replace(/ district service centre$/, '');
}
