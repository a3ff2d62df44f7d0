import type pg from 'pg';
import { refuse } from '../../core/problems.ts';
import { type Gate, openGate } from './gate.ts';
import { asTransaction, mayNotBeginInside, standFor } from './one-connection.ts';

/** Connections that transactions leave to those who only read. */
const KEPT_FOR_READS = 4;
/** How long a write waits for its turn before it is told that the system is busy. */
const TURN_WITHIN_MS = 30_000;

const gates = new WeakMap<pg.Pool, Gate>();

function gateOf(pool: pg.Pool): Gate {
  const known = gates.get(pool);
  if (known !== undefined) return known;
  const gate = openGate(Math.max(pool.options.max - KEPT_FOR_READS, 1));
  gates.set(pool, gate);
  return gate;
}

/**
 * Does the work in one transaction: all of it is kept, or none. Writes take turns, so that a burst of them leaves connections to
 * those who read. Inside, only the given client is used: work that asks the pool from there holds a connection and waits for one.
 * Throws `busy` when no turn came.
 */
export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  return transact(pool, 'commit', (client) => asTransaction(pool, client, () => work(client)));
}

async function transact<Result>(
  pool: pg.Pool,
  end: 'commit' | 'rollback',
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  mayNotBeginInside(pool);
  const gate = gateOf(pool);
  if (!(await gate.enter(TURN_WITHIN_MS))) return refuse('busy', {});
  try {
    return await onConnection(pool, end, work);
  } finally {
    gate.leave();
  }
}

async function onConnection<Result>(
  pool: pg.Pool,
  end: 'commit' | 'rollback',
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query(end);
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Does a part of a transaction: when it fails it leaves nothing behind, and the transaction can go on. */
export async function inPart<Result>(client: pg.PoolClient, work: () => Promise<Result>): Promise<Result> {
  await client.query('savepoint part');
  try {
    return await work();
  } catch (error) {
    await client.query('rollback to savepoint part');
    throw error;
  }
}

/** True when the database refused because of this constraint (unique, foreign key, check or exclusion). */
export function brokeConstraint(error: unknown, constraint: string): boolean {
  return (error as { constraint?: string }).constraint === constraint;
}

/** What ends a transaction of a rehearsal: what the real one would check at its end is checked, and all of it can still be taken back. */
const AS_PART: Readonly<Record<string, string>> = {
  begin: 'savepoint rehearsed',
  commit: 'set constraints all immediate; set constraints all deferred; release savepoint rehearsed',
  rollback: 'rollback to savepoint rehearsed',
};

/**
 * Does the work as it would be done, looks whether it could have been kept, and takes it all back: a dry run sees what the real one
 * sees, faults too. What the work calls a transaction is a part of one here.
 */
export async function takenBack<Result>(pool: pg.Pool, work: (rehearsed: pg.Pool) => Promise<Result>): Promise<Result> {
  return transact(pool, 'rollback', (client) => {
    const rehearsed: pg.Pool = new Proxy(client, {
      get: (target, name) => {
        if (name === 'connect') return async () => rehearsed;
        // One at a time: they share the connection.
        if (name === 'options') return { max: KEPT_FOR_READS + 1 };
        if (name === 'release') return () => undefined;
        const value: unknown = Reflect.get(target, name);
        if (name !== 'query') return typeof value === 'function' ? value.bind(target) : value;
        return (first: unknown, ...rest: unknown[]) =>
          Reflect.apply(value as () => unknown, target, [
            typeof first === 'string' ? (AS_PART[first] ?? first) : first,
            ...rest,
          ]);
      },
    }) as unknown as pg.Pool;
    standFor(rehearsed, pool);
    return work(rehearsed);
  });
}
