import type { DayKey, VisitId, VisitNumber } from '../../../core/queue/ids.ts';
import { MINUTE } from '../../../core/time/instant.ts';
import { isolated } from '../../platform/isolated.ts';
import { announce, readAddress } from '../notices/index.ts';
import type { HallContext } from './context.ts';
import { contactsOn } from './persons/queries.ts';
import { aheadOf } from './replies.ts';

/** A visitor whose turn is near and who may be out of the hall. */
interface NearTurn {
  readonly key: DayKey;
  readonly visitId: VisitId;
  readonly number: VisitNumber;
  readonly language: string;
  readonly contact: string;
}

/** The number of visitors ahead that is few enough to call a visitor back. */
const NEAR = 3;
const LOOK_EVERY_SECONDS = 5;
/** By this time the visitor has been called. */
const GOOD_MS = 15 * MINUTE;

/** Looks every few seconds whose turn is near, and sends each visitor who left a contact one message, by night too. Gives the way to stop. */
export function notifyNearTurns(context: HallContext): () => void {
  const { watch, log } = context;
  const notified = new Set<string>();
  let seconds = 0;
  const look = async () => {
    for (const visit of await visitsNearTurn(context)) {
      if (notified.has(visit.visitId)) continue;
      notified.add(visit.visitId);
      await isolated(
        (message, error) => log.error(message, error),
        'a visitor could not be called back',
        () => notify(context, visit),
      );
    }
  };
  return watch.everySecond(() => {
    seconds += 1;
    return seconds % LOOK_EVERY_SECONDS === 0 ? look() : undefined;
  });
}

/** The waiting visits of this node's days before which at most three go, if their visitors said how to reach them. */
async function visitsNearTurn({ db, halls: { dayBook } }: HallContext): Promise<NearTurn[]> {
  const keys = dayBook.served;
  const contacts = keys.length === 0 ? [] : await db.read((tx) => contactsOn(tx, keys));
  const found: NearTurn[] = [];
  for (const { key, visitId, contact } of contacts) {
    // A hall that cannot be read now is asked again at the next look; the others' visitors are called back.
    const near = await dayBook
      .view(key, (day) => {
        const visit = day.visits.get(visitId);
        if (visit?.state !== 'waiting' || aheadOf(day, visit) > NEAR) return null;
        return { number: visit.number, language: visit.language };
      })
      .catch(() => null);
    if (near !== null) found.push({ key, visitId, contact, ...near });
  }
  return found;
}

/** Several nodes may do it: the database keeps one such message of a visit and way. */
async function notify({ db, now, directory }: HallContext, visit: NearTurn): Promise<void> {
  const { key, visitId, number, language, contact } = visit;
  const to = readAddress(contact);
  if (to === null) return;
  const { name_ru: ru, name_en: en, time_zone: zone } = (await directory.centre(key.centreId)).centre;
  const at = now();
  const notice = {
    kind: 'three-before-you',
    to,
    language: language === 'ru' ? 'ru' : 'en',
    params: { zone, number, centre: { ru, en } },
    about: `visit ${key.centreId} ${key.day} ${visitId}`,
    urgent: true,
    goodUntil: at + GOOD_MS,
  } as const;
  await db.write((tx) => announce(tx, notice, at));
}
