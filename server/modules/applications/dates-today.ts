import { isClockStopped } from '../../../core/applications/life.ts';
import { datesOf } from './dates.ts';
import type { Read } from '../../platform/handles.ts';
import type { CaseRoom } from './room.ts';
import { type Application, type Dates, stopsOf } from './queries.ts';

/**
 * The dates of an application as they are today. While its clock is stopped the last day moves on with every day: the one that was
 * written down when it stopped is shown to nobody.
 */
export async function datesToday(tx: Read, room: CaseRoom, application: Application): Promise<Dates> {
  if (!isClockStopped(application.state)) return application;
  const { applicationId, centreId } = application;
  const stops = await stopsOf(tx, applicationId);
  return datesOf(await room.calendar(tx), application, stops, await room.today(centreId));
}
