import type { Centre } from '../../contract/network.ts';
import { generalService } from '../../core/queue/configuration.ts';
import type { GroupId, ServiceId } from '../../core/queue/ids.ts';
import type { Language } from './language.tsx';

/** A service of a centre as staff choose it. The general service of a group goes by the group's name. */
export interface NamedService {
  readonly serviceId: ServiceId;
  readonly groupId: GroupId;
  readonly name: string;
  readonly minutes: number | null;
}

/** Every service that a centre gives today, group by group. */
export function servicesOf(centre: Centre, language: Language): NamedService[] {
  return centre.groups.flatMap(({ groupId, name }) => {
    const general = generalService(groupId);
    const known = centre.services.filter((service) => service.groupId === groupId && service.off === null);
    return [
      ...known
        .filter(({ serviceId }) => serviceId !== general)
        .map((service) => ({
          serviceId: service.serviceId,
          groupId,
          name: service.name[language],
          minutes: service.minutes,
        })),
      { serviceId: general, groupId, name: name[language], minutes: null },
    ];
  });
}

/** The same by their names, as a list is read from top to bottom. */
export function servicesByName(centre: Centre, language: Language): NamedService[] {
  return servicesOf(centre, language).toSorted((a, b) => a.name.localeCompare(b.name, language));
}

const GIVEN_NO_MORE = { ru: 'услуга, которой здесь больше нет', en: 'a service that is not given here any more' };

/** What a service is called; where the centre gives it no more, that it does not. */
export function nameOfService(centre: Centre, serviceId: ServiceId, language: Language): string {
  return (
    centre.services.find((service) => service.serviceId === serviceId)?.name[language] ??
    centre.groups.find(({ groupId }) => generalService(groupId) === serviceId)?.name[language] ??
    GIVEN_NO_MORE[language]
  );
}
