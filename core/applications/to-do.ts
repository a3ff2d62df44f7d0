import { dayInDigits } from '../time/day-in-digits.ts';
import type { ApplicationState } from './life.ts';

type Words = { readonly ru: string; readonly en: string };

/** What the applicant has to do now, in one sentence; null: only to wait. */
export function toDo(
  state: ApplicationState,
  { fix, storedUntil }: { readonly fix: Words | null; readonly storedUntil: string | null },
): Words | null {
  if (state === 'fix-requested')
    return {
      ru: `Исправьте или дополните документы${fix === null ? '' : `: ${fix.ru}`}. Придите в любой центр с распиской и паспортом.`,
      en: `Correct or add documents${fix === null ? '' : `: ${fix.en}`}. Come to any centre with the receipt and your passport.`,
    };
  if (state === 'ready') {
    const until = storedUntil === null ? null : dayInDigits(storedUntil);
    return {
      ru: `Заберите результат${until === null ? '' : ` до ${until} включительно`}. Возьмите паспорт.`,
      en: `Collect the result${until === null ? '' : ` by ${until}`}. Bring your passport.`,
    };
  }
  if (state === 'unclaimed')
    return {
      ru: 'Срок хранения истёк. Позвоните в центр: скажем, где теперь ваши документы.',
      en: 'The time of keeping is over. Call the centre: it will tell where your papers are now.',
    };
  if (state === 'returned' || state === 'withdrawn')
    return {
      ru: 'Заберите свои документы в центре. Возьмите паспорт.',
      en: 'Collect your papers at the centre. Bring your passport.',
    };
  return null;
}
