import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Bucket, spend } from './allowance.ts';
import { mayAnywhere, mayAt, NOBODY } from './asker.ts';
import { ANYBODY, type Right, RIGHTS, type Role, rightsOf, SEEDED_ROLES, wouldLoop } from './roles.ts';
import { covers, EVERYWHERE, NETWORK, type Place } from './scope.ts';

const seeded = new Map(SEEDED_ROLES.map((one) => [one.roleId, one]));

test('a device gets its burst and its pace, however it asks, and never more', () => {
  const allowance = { burst: 20, perSecond: 10 };
  fc.assert(
    fc.property(fc.array(fc.nat(300), { minLength: 1, maxLength: 500 }), (gaps) => {
      let bucket: Bucket | null = null;
      let now = 0;
      let served = 0;
      for (const gap of gaps) {
        now += gap;
        const next = spend(allowance, bucket, now);
        if (next === null) continue;
        served += 1;
        bucket = next;
      }
      expect(served).toBeLessThanOrEqual(Math.floor(allowance.burst + (now * allowance.perSecond) / 1_000) + 1);
      expect(served).toBeGreaterThanOrEqual(Math.min(gaps.length, allowance.burst));
    }),
  );
});

test('a million requests in a second are a burst and ten', () => {
  let bucket: Bucket | null = null;
  let served = 0;
  for (let request = 0; request < 1_000_000; request += 1) {
    const next: Bucket | null = spend({ burst: 100, perSecond: 10 }, bucket, request / 1_000);
    if (next !== null) [bucket, served] = [next, served + 1];
  }
  expect(served).toBe(109);
});

test('nobody runs a hall who only serves, everybody may look, and the administrator may do everything', () => {
  expect(rightsOf(seeded, 'specialist').has('run-hall')).toBe(false);
  expect(rightsOf(seeded, 'specialist').has('serve')).toBe(true);
  for (const { roleId } of SEEDED_ROLES) expect(rightsOf(seeded, roleId).has(ANYBODY[0] as 'look')).toBe(true);
  expect([...rightsOf(seeded, 'administrator')].toSorted()).toEqual(Object.keys(RIGHTS).toSorted());
});

test('the roles that an installation begins with include only one another, and none of them itself', () => {
  for (const { roleId, includes } of SEEDED_ROLES) {
    expect(includes.every((id) => seeded.has(id))).toBe(true);
    expect(wouldLoop(seeded, roleId, includes)).toBe(false);
  }
});

test('a loop of roles is found before it is closed, and rights are found even inside one', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 20 }), (pairs) => {
      const roles = new Map<string, Role>();
      const plain = (id: number): Role => {
        const name = { ru: 'р', en: 'r' };
        return { roleId: `r${id}`, name, rights: [], includes: [], secondFactor: false, twoPeople: false };
      };
      for (let id = 0; id <= 6; id += 1) roles.set(`r${id}`, plain(id));
      for (const [from, to] of pairs) {
        const one = roles.get(`r${from}`) as Role;
        const includes = [...one.includes, `r${to}`];
        if (!wouldLoop(roles, one.roleId, includes)) roles.set(one.roleId, { ...one, includes });
      }
      // Without a loop some role includes no other; taking such roles away one after another leaves none.
      const left = new Map(roles);
      for (let leaf = true; leaf;) {
        const found = [...left.values()].find((one) => one.includes.every((id) => !left.has(id)));
        leaf = found !== undefined;
        if (found !== undefined) left.delete(found.roleId);
      }
      expect(left.size).toBe(0);
    }),
  );
});

test('a role counts at its place and below it, and nowhere else', () => {
  const khamovniki: Place = { centreId: 84, districtIds: [125, 7], agencyId: null };
  expect(covers(NETWORK, EVERYWHERE)).toBe(true);
  expect(covers({ kind: 'district', id: '7' }, khamovniki)).toBe(true);
  expect(covers({ kind: 'district', id: '8' }, khamovniki)).toBe(false);
  expect(covers({ kind: 'centre', id: '84' }, khamovniki)).toBe(true);
  expect(covers({ kind: 'centre', id: '8' }, khamovniki)).toBe(false);
  expect(covers({ kind: 'agency', id: 'zags' }, khamovniki)).toBe(false);
  for (const scope of [{ kind: 'district', id: '7' } as const, { kind: 'centre', id: '84' } as const])
    expect(covers(scope, EVERYWHERE)).toBe(false);
  const right: Right = 'serve';
  const asker = { ...NOBODY, grants: [{ rights: new Set([right]), scope: { kind: 'centre', id: '84' } as const }] };
  expect([mayAt(asker, right, khamovniki), mayAt(asker, right, EVERYWHERE), mayAnywhere(asker, right)]).toEqual([
    true,
    false,
    true,
  ]);
  expect(mayAt(asker, 'run-hall', khamovniki)).toBe(false);
});
