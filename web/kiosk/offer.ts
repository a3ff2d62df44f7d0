import type { Centre } from '../../contract/network.ts';
import { generalService } from '../../core/queue/configuration.ts';
import type { GroupId, ServiceId } from '../../core/queue/ids.ts';
import type { WaitRange } from '../shared/spans.ts';

/** A service as the kiosk offers it. */
export interface Offered {
  readonly serviceId: ServiceId;
  readonly groupId: GroupId;
  readonly name: { readonly ru: string; readonly en: string };
  /** True for «another question» of a group. */
  readonly general: boolean;
  readonly off: boolean;
  readonly wait: WaitRange | null;
}

/** The wait for a service now, from the server. */
export interface ServiceWait {
  readonly serviceId: ServiceId;
  readonly off: boolean;
  readonly wait: WaitRange | null;
}

/** Everything that a centre offers today, group by group, each with «another question» at the end. */
export function offerOf(centre: Centre, waits: readonly ServiceWait[]): Offered[] {
  const byId = new Map(waits.map((wait) => [wait.serviceId, wait]));
  return centre.groups.flatMap(({ groupId, name }) => {
    const general = generalService(groupId);
    const known = centre.services.filter(
      (service) => service.groupId === groupId && service.serviceId !== general && !service.bookingOnly,
    );
    const all = [
      ...known.map((service) => ({ ...service, general: false, off: service.off !== null })),
      { serviceId: general, groupId, name, general: true, off: false },
    ];
    return all.map(({ serviceId, name: called, general: isGeneral, off }) => {
      const told = byId.get(serviceId);
      return {
        serviceId,
        groupId,
        name: called,
        general: isGeneral,
        off: told?.off ?? off,
        wait: told?.wait ?? null,
      };
    });
  });
}
