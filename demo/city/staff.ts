import { addDays, type CivilDate } from '../../core/time/civil.ts';
import { enrolSpecialist, seedRoles } from '../../server/modules/people/index.ts';
import { putMark, putTerms } from '../../server/modules/planning/index.ts';
import type { NewCentre } from '../../server/modules/network/index.ts';
import type { Db } from '../../server/platform/handles.ts';

/** Made-up people: a surname and a first name each, women and men. */
const WOMEN = {
  surnames: 'Белова Громова Егорова Зайцева Королёва Лебедева Орлова Панова Рябова Соколова Тихонова Фомина'.split(' '),
  names: 'Анна Вера Дарья Елена Ирина Мария Нина Ольга'.split(' '),
};
const MEN = {
  surnames: 'Агапов Борисов Виноградов Данилов Жуков Котов Миронов Носков'.split(' '),
  names: 'Артём Глеб Денис Иван Олег Павел'.split(' '),
};
/** Three of four specialists are women, as in most such centres. */
const WOMEN_OF_FOUR = 3;
/** Of the windows of the demo less than half are busy at a time; these people just suffice for seven days of twelve hours. */
const PEOPLE_A_WINDOW = 0.65;
const PART_TIME = { weekHours: 20, shiftHours: [4, 6] };
const FULL_TIME = { weekHours: 40, shiftHours: [12, 8] };

/** The specialists of a demo centre: some work half of the week, new ones know half of the services, some have days off and wishes. */
export async function enrolDemoStaff(
  db: Db,
  { centreId, windows, groups }: NewCentre,
  today: CivilDate,
): Promise<void> {
  await seedRoles(db);
  const groupIds = groups.map(({ groupId }) => groupId);
  for (let place = 0; place < Math.ceil(windows.length * PEOPLE_A_WINDOW); place += 1) {
    const accountId = await db.write((tx) =>
      enrolSpecialist(tx, centreId, {
        login: `demo-${centreId}-${place + 1}`,
        name: demoName(place),
      }),
    );
    const isNew = place % 4 === 1;
    const known = isNew ? groupIds.filter((_, index) => (index + place) % 2 === 0) : null;
    await db.write((tx) =>
      putTerms(tx, centreId, accountId, { ...(place % 6 === 5 ? PART_TIME : FULL_TIME), groupIds: known }),
    );
    // On any day of the next two weeks one specialist is away, and another would like to be.
    if (place % 3 === 0) await db.write((tx) => putMark(tx, accountId, addDays(today, 1 + ((place * 5) % 14)), 'off'));
    if (place % 4 === 3)
      await db.write((tx) => putMark(tx, accountId, addDays(today, 1 + ((place * 3) % 14)), 'rather-not'));
  }
}

/** No two of the first sixty bear the same name. */
function demoName(place: number): string {
  const isWoman = place % 4 < WOMEN_OF_FOUR;
  const { surnames, names } = isWoman ? WOMEN : MEN;
  const index = Math.floor(place / 4) * (isWoman ? WOMEN_OF_FOUR : 1) + (isWoman ? place % 4 : 0);
  return `${surnames[(index * 5) % surnames.length]} ${names[(index + Math.floor(index / surnames.length)) % names.length]}`;
}
