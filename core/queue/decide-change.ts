import { type Problem, problem } from '../problems.ts';
import type { Instant } from '../time/instant.ts';
import type { CommandBodies } from './commands.ts';
import type { Day, Visit } from './day.ts';
import { type Decide, type Decision, ofVisit } from './decision.ts';
import { serviceToday } from './decide-visits.ts';
import { classMinutes, dueOf } from './due.ts';
import type { Wish } from './events.ts';
import type { ClassLetter, GroupId } from './ids.ts';
import { isQuotaReached } from './numbers.ts';
import { minutesOf, rulesOf } from './rules.ts';
import { isTimeFor } from './time-left.ts';

/**
 * A visitor who waits wants another service, has another class, or is more or fewer persons: number and time of coming stay. A visitor
 * who needs more of the hall's time than before must still be served before it closes, like one who takes a ticket.
 */
export const decideChange: Decide<'change-visit'> = (day, body, now) =>
  ofVisit(day, body.visitId, ['expected', 'waiting', 'held'], (visit): Decision => {
    const { visitId, state, groupId: before } = visit;
    const persons = body.persons ?? visit.persons;
    const classLetter = body.classLetter ?? visit.classLetter;
    const wishes = wishesAfter(day, visit, body.services);
    if ('code' in wishes) return wishes;
    if (wishes === visit.wishes && persons === visit.persons && classLetter === visit.classLetter)
      return problem('nothing-changed', { number: visit.number });
    const due = dueAfter(day, visit, classLetter);
    if (due === null) return problem('unknown-class', { classLetter });
    const groupId = groupOf(day, visit, wishes);
    if (groupId !== before && visit.slot === null && isQuotaReached(day, groupId))
      return problem('quota-reached', { quota: rulesOf(day.configuration).groups.get(groupId)?.quota ?? 0 });
    if (!isTimeForMore(day, visit, { wishes, persons }, now)) return problem('no-time-left', {});
    const waiting = state === 'waiting';
    return [{ kind: 'visit-changed', body: { visitId, before, groupId, waiting, wishes, persons, classLetter, due } }];
  });

/** What the visit wants from now on; the very list of before where nothing else is asked for. What was taken before may stay, also when it is off by now. */
function wishesAfter(
  day: Day,
  { wishes }: Visit,
  services: CommandBodies['change-visit']['services'],
): readonly Wish[] | Problem {
  if (services === null) return wishes;
  const isSame =
    services.length === wishes.length &&
    services.every(({ serviceId, quantity }, index) => {
      const wish = wishes[index];
      return wish?.serviceId === serviceId && wish.quantity === quantity;
    });
  if (isSame) return wishes;
  for (const { serviceId } of services) {
    const service = wishes.some((wish) => wish.serviceId === serviceId) ? null : serviceToday(day, serviceId);
    if (service !== null && 'code' in service) return service;
  }
  if (services.length === 0) return problem('unknown-service', { serviceId: '' });
  return services.map(({ serviceId, quantity }) => ({ serviceId, quantity, windowId: null }));
}

function groupOf({ configuration }: Day, { groupId }: Visit, [wish]: readonly Wish[]): GroupId {
  return rulesOf(configuration).services.get(wish?.serviceId ?? '')?.groupId ?? groupId;
}

/**
 * With another class the visitor is due as if the ticket had said so when it was taken; stops of the hall and what else has moved it since
 * stay in it. Null: the hall has no such class.
 */
function dueAfter({ configuration }: Day, visit: Visit, classLetter: ClassLetter): Instant | null {
  if (classLetter === visit.classLetter) return visit.due;
  if (classMinutes(configuration, classLetter) === null) return null;
  // A visitor who came back from a no-show is due by the class alone.
  const slot = visit.returns > 0 ? null : visit.slot;
  const dueWith = (letter: ClassLetter) => dueOf(configuration, { classLetter: letter, slot }, visit.takenAt);
  return visit.due + dueWith(classLetter) - dueWith(visit.classLetter);
}

function isTimeForMore(day: Day, visit: Visit, now: Pick<Visit, 'wishes' | 'persons'>, at: Instant): boolean {
  if (visit.slot !== null) return true;
  const before = minutesOf(day.configuration, visit.wishes, visit.persons);
  const after = minutesOf(day.configuration, now.wishes, now.persons);
  if (after <= before) return true;
  // Only who waits in a line is among those who are still to be served.
  return isTimeFor(day, visit.state === 'waiting' ? after - before : after, at);
}
