import type { CivilDate } from '../../../core/time/civil.ts';
import type { Read, Write } from '../../platform/handles.ts';
import { offer, type OfferedService, type PilotOffer, withdraw } from '../network/index.ts';
import { groups, inForce, pilotsAt, type VersionRow } from './queries.ts';

/** Gives every centre the services of its kind as they are in force on a day; gives the centres where anything changed. */
export async function offerAll(tx: Write, day: CivilDate): Promise<readonly number[]> {
  const current = await inForce(tx, day);
  const changed: number[] = [];
  for (const { serviceId } of current.filter(({ pilotOnly }) => pilotOnly))
    changed.push(...(await withdraw(tx, serviceId)));
  const offered = current.filter(({ pilotOnly }) => !pilotOnly).map(offeredService);
  changed.push(...(await offer(tx, await groups(tx), offered)));
  return [...new Set(changed)];
}

/** The trials of a centre on a day: services in addition to its own, and rules of the hall with other values. */
export async function pilotOffer(tx: Read, centreId: number, day: CivilDate): Promise<PilotOffer> {
  const active = await pilotsAt(tx, centreId, day);
  if (active.length === 0) return { rules: {}, services: [] };
  const current = new Map((await inForce(tx, day)).map((row) => [row.serviceId, row]));
  return {
    rules: Object.fromEntries(active.flatMap(({ rule, value }) => (rule === null ? [] : [[rule, value]]))),
    services: active.flatMap(({ serviceId }) => {
      const row = serviceId === null ? undefined : current.get(serviceId);
      return row === undefined ? [] : [offeredService(row)];
    }),
  };
}

/** A service as it is offered on a day; null when it is not in force then. */
export async function offerOn(tx: Read, serviceId: string, day: CivilDate): Promise<OfferedService | null> {
  const row = (await inForce(tx, day)).find((one) => one.serviceId === serviceId);
  return row === undefined ? null : offeredService(row);
}

function offeredService({ serviceId, groupId, passport }: VersionRow): OfferedService {
  const { plain: name, skillLevel: level, minutesAtWindow: minutes, givenAt, appointment } = passport;
  return { serviceId, groupId, name, level, minutes, givenAt, bookingOnly: appointment === 'required' };
}
