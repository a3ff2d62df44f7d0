import { describe, expect, test } from 'vitest';
import { playHall, type Trick } from './cheating.testing.ts';
import { type Sign, signsIn, suspicions } from './signs.ts';

const DAYS = 12;

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function played(trick: Trick) {
  const days = Array.from({ length: DAYS }, (_, seed) => playHall(trick, drawing(seed + 1)));
  return {
    friends: days.flatMap(({ friends }) => friends),
    listed: suspicions(signsIn(days.map(({ events }) => events))),
  };
}

describe('a specialist with a friend in the queue', () => {
  const tricks: [Trick, Sign][] = [
    ['early-calls', 'short-service'],
    ['short-no-shows', 'no-show-by-hand'],
    ['pauses', 'pause'],
  ];

  test.each(tricks)('%s: the friend overtakes nobody, and the specialist is listed', (trick, sign) => {
    const { friends, listed } = played(trick);
    expect(friends.length).toBeGreaterThan(100);
    const overtaken = friends.reduce((sum, friend) => sum + friend.overtaken, 0);
    expect(overtaken / friends.length).toBeLessThanOrEqual(0.01);
    expect(listed).toMatchObject([{ specialistId: 's1', sign }]);
  });

  test('transfers: a visitor whom the window can serve cannot be sent away', () => {
    const { friends, listed } = played('transfers');
    expect(friends.reduce((sum, friend) => sum + friend.overtaken, 0)).toBe(0);
    const chance = friends.filter(({ atWindow }) => atWindow === 1).length / friends.length;
    expect(chance).toBeLessThan(1 / 6 + 0.1);
    expect(listed).toEqual([]);
  });

  test('honest specialists are not listed', () => {
    expect(played('honest').listed).toEqual([]);
  });
});
