import { expect, test } from 'vitest';
import type { Command } from '../../../core/queue/commands.ts';
import { command, CONFIGURATION, DOORS_OPEN, KEY, opening, rules, taking } from '../../../core/queue/day.testing.ts';
import type { Visit } from '../../../core/queue/day.ts';
import type { VisitId } from '../../../core/queue/ids.ts';
import { MINUTE } from '../../../core/time/instant.ts';
import { problem, ProblemError } from '../../../core/problems.ts';
import { type Asked, decidePart, emptyStream, type Entry, type Stream, type Verdict } from './stream.ts';

function asks(
  stream: Stream,
  now: number,
  ...all: readonly Asked[]
): { verdicts: Verdict[]; part: ReturnType<typeof decidePart> } {
  const verdicts: Verdict[] = [];
  const entries = all.map((asked, index): Entry => ({
    asked,
    deadline: Infinity,
    settled: false,
    attempts: 0,
    unsure: false,
    settle: (verdict) => (verdicts[index] = verdict),
  }));
  const part = decidePart(stream, entries, now, rules);
  part.hold();
  return { verdicts, part };
}

function opened(): Stream {
  const stream = emptyStream(KEY);
  asks(stream, DOORS_OPEN, { command: command('open-day', opening) });
  return stream;
}

/** A visit is named by the command that took its ticket. */
const idOf = ({ id }: Command) => id as string as VisitId;

const take = (serviceId = 'passports'): Command => command('take', taking(serviceId));

test('an alarm that cannot be settled is set aside, and the command behind it is carried out', () => {
  const stream = opened();
  const [first, second] = [take(), take()];
  asks(stream, DOORS_OPEN, { command: first }, { command: second });
  // A fault of ours: the promise of a visit that the day no longer has.
  (stream.day.visits as Map<VisitId, Visit>).delete(idOf(first));
  const late = DOORS_OPEN + CONFIGURATION.walkInLimitMinutes * MINUTE;
  const { verdicts, part } = asks(stream, late, { command: take('benefits') });
  expect(verdicts).toMatchObject([{ kind: 'done' }]);
  expect(part.brokenAlarms.map(({ alarm }) => alarm)).toMatchObject([{ kind: 'promise', visitId: idOf(first) }]);
  // The other due event happened: the promise of the other visitor is broken.
  expect(stream.day.visits.get(idOf(second))?.wait.broken).toBe(true);
  expect(asks(stream, late, { command: take('benefits') }).part.brokenAlarms).toEqual([]);
});

test('a part with an alarm set aside can still be taken back', () => {
  const stream = opened();
  const gone = take();
  asks(stream, DOORS_OPEN, { command: gone });
  const before = structuredClone(stream.day.alarms);
  (stream.day.visits as Map<VisitId, Visit>).delete(idOf(gone));
  const { part } = asks(stream, DOORS_OPEN + 15 * MINUTE, { command: take() }, { command: take('benefits') });
  part.undo();
  expect(stream.day.alarms).toEqual(before.filter((alarm) => !('visitId' in alarm) || alarm.visitId !== idOf(gone)));
});

test('what throws in a part fails alone: a look, a refusal in a look, a command', () => {
  const stream = opened();
  const failing = { ...take(), kind: 'no such command' } as unknown as Command;
  const fault = new Error('a fault of ours');
  const { verdicts } = asks(
    stream,
    DOORS_OPEN,
    { command: take() },
    {
      look: () => {
        throw fault;
      },
    },
    {
      look: () => {
        throw new ProblemError(problem('unknown-service', { serviceId: 'nosuch' }));
      },
    },
    { command: failing },
    { command: take() },
    { look: ({ visits }) => visits.size },
  );
  expect(verdicts).toMatchObject([
    { kind: 'done' },
    { kind: 'failed', error: fault },
    { kind: 'refused', problem: { code: 'unknown-service' } },
    { kind: 'failed' },
    { kind: 'done' },
    { kind: 'seen', seen: 2 },
  ]);
  expect(stream.day.seq).toBe(3);
});
