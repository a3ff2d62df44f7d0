import type { Passport } from '../../../contract/catalogue.ts';
import type { ServiceCard, SituationCard } from '../../../contract/site.ts';
import { SITUATIONS } from '../../../core/catalogue/situations.ts';
import type { SiteContext } from './context.ts';

/** Services by what they are called, those with a passport first; each once. */
export async function servicesOf({
  lists,
}: Pick<SiteContext, 'lists'>): Promise<readonly (ServiceCard & { readonly passport: Passport | null })[]> {
  const [given, catalogue, groups] = await Promise.all([lists.given(), lists.catalogue(), lists.groups()]);
  const passports = new Map(catalogue.map((one) => [one.serviceId, one]));
  const cards = new Map<string, ServiceCard & { readonly passport: Passport | null }>();
  const groupOf = (groupId: string) => groups.get(groupId) ?? { ru: groupId, en: groupId };
  for (const { serviceId, groupId, passport } of catalogue)
    cards.set(serviceId, { serviceId, name: passport.plain, group: groupOf(groupId), passport });
  for (const { serviceId, groupId, name } of given) {
    if (passports.has(serviceId) || cards.has(serviceId)) continue;
    cards.set(serviceId, { serviceId, name, group: groupOf(groupId), passport: null });
  }
  return [...cards.values()];
}

/** What happens in a life, with the services that it takes. */
export function situationsOf(
  services: readonly (ServiceCard & { readonly passport: Passport | null })[],
): readonly SituationCard[] {
  return Object.entries(SITUATIONS).flatMap(([code, name]) => {
    const taken = services.filter(({ passport }) => passport?.lifeSituations.includes(code) === true);
    return taken.length === 0 ? [] : [{ code, name, services: taken.map(cardOf) }];
  });
}

export function cardOf({ serviceId, name, group }: ServiceCard): ServiceCard {
  return { serviceId, name, group };
}
