import { availableParallelism } from 'node:os';
import { FROZEN_CITY } from '../../core/rehearsal/frozen-city.ts';
import { cityTallyOf, type CityPolicy, type CityTally } from '../../core/rehearsal/rehearse-city.ts';
import { type PolicyReport, reportOf } from '../../core/rehearsal/report.ts';
import type { Staff } from '../../core/rehearsal/staff.ts';
import { inThread } from '../../server/modules/planning/index.ts';

/** Plays the days of each seed under each policy, as many at a time as there are processors. */
export async function rehearsePolicies(
  policies: readonly CityPolicy[],
  seeds: readonly number[],
  days: number,
  say: (text: string) => void,
  staff: Staff | null = null,
): Promise<PolicyReport[]> {
  const orders = policies.flatMap(({ policyId }) => seeds.map((seed) => ({ policyId, seed })));
  const played = new Map<string, CityTally[]>();
  const all = Array.from({ length: days }, (_, day) => day);
  let done = 0;
  const next = orders.values();
  const worker = async () => {
    for (const { policyId, seed } of next) {
      const tallies = await inThread('city', { policyId, seed, days: all, staff });
      played.set(`${policyId}/${seed}`, tallies.map(cityTallyOf));
      done += 1;
      say(
        `\r${done} of ${orders.length} played (${policyId}, seed ${seed})\u001b[K${done === orders.length ? '\n' : ''}`,
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), orders.length) }, worker));
  return policies.map((policy) =>
    reportOf(
      FROZEN_CITY,
      policy,
      seeds.map((seed) => played.get(`${policy.policyId}/${seed}`) ?? []),
    ),
  );
}
