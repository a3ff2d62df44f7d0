import type { Place, Scope } from '../../../../core/access/scope.ts';
import { EVERYWHERE } from '../../../../core/access/scope.ts';
import type { Directory } from '../directory.ts';
import { type DistrictRow, hasAgency } from './queries.ts';

export type CentrePlaces = ReturnType<typeof openPlaces>;

/** The places of scopes, as the directory knows them. */
export function openPlaces(directory: Directory) {
  const ofCentre = async (centreId: number): Promise<Place> => {
    const { centre } = await directory.centre(centreId);
    return { ...EVERYWHERE, centreId, districtIds: upwards(await directory.districts(), centre.district_id) };
  };
  const namesOf = async (scope: Scope): Promise<string[]> => {
    if (scope.kind === 'district') {
      const found = (await directory.districts()).get(Number(scope.id));
      return found === undefined ? [] : [found.name.ru, found.name.en];
    }
    if (scope.kind !== 'centre') return [];
    const found = (await directory.all()).find(({ centre }) => String(centre.centre_id) === scope.id);
    if (found === undefined) return [];
    const { name_ru: ru, name_en: en, district_ru: districtRu, district_en: districtEn } = found.centre;
    return [ru, en, districtRu, districtEn];
  };
  return {
    ofCentre,
    namesOf,
    hasAgency,
    ofScope: async (scope: Scope): Promise<Place | null> => {
      if (scope.kind === 'network') return EVERYWHERE;
      if (scope.kind === 'agency') return { ...EVERYWHERE, agencyId: scope.id };
      const id = /^\d{1,9}$/.test(scope.id) ? Number(scope.id) : Number.NaN;
      if (scope.kind === 'district') {
        const districts = await directory.districts();
        return districts.has(id) ? { ...EVERYWHERE, districtIds: upwards(districts, id) } : null;
      }
      const known = (await directory.all()).some(({ centre }) => centre.centre_id === id);
      return known ? ofCentre(id) : null;
    },
  };
}

/** A district and all that contain it. */
function upwards(districts: ReadonlyMap<number, DistrictRow>, from: number | null): number[] {
  const chain: number[] = [];
  for (let id = from; id !== null && !chain.includes(id); id = districts.get(id)?.parentId ?? null) chain.push(id);
  return chain;
}
