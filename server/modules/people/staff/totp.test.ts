import { expect, test } from 'vitest';
import { stepOfCode } from './totp.ts';

/** RFC 6238, appendix B: its secret (the ASCII digits 1–0, twice), the times in seconds, and the codes for SHA-1, of which six digits are used. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('at second %i of RFC 6238 the code ends in that of %s, and no other is taken', (seconds, published) => {
  const code = published.slice(2);
  const step = Math.floor(seconds / 30);
  const at = (secondsLater: number) => stepOfCode(SECRET, code, (seconds + secondsLater) * 1_000);
  expect(at(0)).toBe(step);
  // One step before and one after, for clocks that differ: the step is that of the code.
  expect([at(30), at(-30), at(60), at(-60)]).toEqual([step, step, null, null]);
  expect(stepOfCode(SECRET, `${code.slice(0, 3)} ${code.slice(3)}`, seconds * 1_000)).toBe(step);
  expect(stepOfCode(SECRET, String((Number(code) + 1) % 1_000_000).padStart(6, '0'), seconds * 1_000)).toBeNull();
});
