import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Asker, NOBODY } from '../access/asker.ts';
import { RIGHTS, type Right } from '../access/roles.ts';
import { EVERYWHERE, placeOfAgency, type Scope } from '../access/scope.ts';
import { MOVES, type MoveName } from './life.ts';
import { receivesManifest, sendsManifest } from './manifest-rights.ts';
import { movesApplication, seesApplication } from './rights.ts';

const centre = (centreId: number) => ({ ...EVERYWHERE, centreId });
const PLACES = { centre: centre(1), result: centre(2), agency: placeOfAgency('a') };
const OWN = { centre: centre(1), result: null, agency: null };

const at = (right: Right, kind: 'centre' | 'agency', id: string): Asker => ({
  ...NOBODY,
  kind: 'staff',
  id: 'x',
  grants: [{ rights: new Set([right]), scope: { kind, id } }],
});

const anyMove = fc.constantFrom(...(Object.keys(MOVES) as MoveName[]));
const anyRight = fc.constantFrom(...(Object.keys(RIGHTS) as Right[]));
const elsewhere: fc.Arbitrary<Scope> = fc.constantFrom<Scope>(
  { kind: 'centre', id: '3' },
  { kind: 'agency', id: 'b' },
  { kind: 'district', id: '1' },
);

test('a right at a place that has nothing to do with an application opens nothing of it', () => {
  fc.assert(
    fc.property(anyRight, elsewhere, anyMove, fc.boolean(), (right, scope, move, isRegistered) => {
      const asker: Asker = { ...NOBODY, kind: 'staff', id: 'x', grants: [{ rights: new Set([right]), scope }] };
      for (const places of [PLACES, OWN]) {
        expect(seesApplication(asker, places, isRegistered)).toBe(false);
        expect(movesApplication(asker, places, move)).toBe(false);
      }
      for (const direction of ['out', 'in', 'between'] as const) {
        const ends = { direction, centre: centre(1), agency: PLACES.agency, toCentre: centre(2) };
        expect(sendsManifest(asker, ends) || receivesManifest(asker, ends)).toBe(false);
      }
    }),
  );
});

test('the centre sees what it took, the centre of the result what it gives out, the agency what is registered', () => {
  expect(seesApplication(at('take-applications', 'centre', '1'), PLACES, false)).toBe(true);
  expect(seesApplication(at('take-applications', 'centre', '2'), PLACES, true)).toBe(false);
  expect(seesApplication(at('issue-results', 'centre', '2'), PLACES, false)).toBe(true);
  expect(seesApplication(at('issue-results', 'centre', '1'), PLACES, true)).toBe(false);
  expect(seesApplication(at('decide-applications', 'agency', 'a'), PLACES, false)).toBe(false);
  expect(seesApplication(at('decide-applications', 'agency', 'a'), PLACES, true)).toBe(true);
});

test('the agency decides; where there is none, the staff who take applications', () => {
  const [clerk, officer] = [at('take-applications', 'centre', '1'), at('decide-applications', 'agency', 'a')];
  expect(movesApplication(clerk, PLACES, 'decide-positive')).toBe(false);
  expect(movesApplication(officer, PLACES, 'decide-positive')).toBe(true);
  expect(movesApplication(clerk, OWN, 'decide-positive')).toBe(true);
  expect(movesApplication(at('issue-results', 'centre', '1'), PLACES, 'issue')).toBe(false);
  expect(movesApplication(at('issue-results', 'centre', '2'), PLACES, 'issue')).toBe(true);
  expect(movesApplication(at('issue-results', 'centre', '1'), OWN, 'issue')).toBe(true);
});

test('nobody makes the moves of the system', () => {
  const everything: Asker = {
    ...NOBODY,
    grants: [{ rights: new Set(Object.keys(RIGHTS) as Right[]), scope: { kind: 'network', id: null } }],
  };
  for (const move of Object.keys(MOVES) as MoveName[])
    expect([move, movesApplication(everything, PLACES, move)]).toEqual([move, MOVES[move].right !== null]);
});

test('a manifest is sealed where it begins and taken over where it ends', () => {
  const [courier, officer] = [at('carry-papers', 'centre', '1'), at('decide-applications', 'agency', 'a')];
  const ends = (direction: 'out' | 'in' | 'between') => ({
    direction,
    centre: centre(1),
    agency: direction === 'between' ? null : PLACES.agency,
    toCentre: direction === 'between' ? centre(2) : null,
  });
  const said = (asker: Asker) =>
    (['out', 'in', 'between'] as const).map((one) => [
      sendsManifest(asker, ends(one)),
      receivesManifest(asker, ends(one)),
    ]);
  expect(said(courier)).toEqual([
    [true, false],
    [true, true],
    [true, false],
  ]);
  expect(said(officer)).toEqual([
    [false, true],
    [true, false],
    [false, false],
  ]);
  expect(said(at('carry-papers', 'centre', '2'))).toEqual([
    [false, false],
    [false, false],
    [false, true],
  ]);
});
