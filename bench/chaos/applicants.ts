import { serviceNumbers } from '../program.ts';
import { take, writeDown } from '../applications.ts';
import type { Acknowledged } from './acknowledged.ts';
import type { Asking } from './asking.ts';
import type { City } from './city.ts';

const PERSONS = 3;

/** People whose applications are taken at windows, each with scans and papers, from the first word to the receipt. */
export async function applicantsOf({ call }: Asking, { urls }: City, acknowledged: Acknowledged) {
  const personIds: string[] = [];
  for (const n of serviceNumbers(PERSONS)) personIds.push(await writeDown(call, n));
  return {
    apply: async (turn: number): Promise<void> => {
      const url = urls()[turn % Math.max(1, urls().length)];
      if (url === undefined) return;
      acknowledged.asked.applications += 1;
      // A scan that did not go through, or an answer that was lost amid a draft: the clerk begins again with the next visitor.
      const taken = await take({ url, personIds, client: { call } }, turn).catch(() => null);
      if (taken !== null) acknowledged.applications.set(taken.number, taken.number);
    },
  };
}
