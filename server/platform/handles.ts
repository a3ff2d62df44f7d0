import type pg from 'pg';
import { refuse } from '../../core/problems.ts';
import { openGate } from './gate.ts';
import { mayNotBeginInside } from './one-connection.ts';
import { inTransaction, type Manner } from './transaction.ts';

declare const READS: unique symbol;
declare const WRITES: unique symbol;

/**
 * What a function needs to read: the connection of one transaction. Statements go over it one after another, and it is good only while the
 * work runs to which `Db` gave it.
 */
export interface Read {
  // A row is what the statement says it is: the caller names its type.
  // oxlint-disable-next-line typescript/no-explicit-any
  query<Row extends pg.QueryResultRow = any>(
    statement: string | pg.QueryConfig | pg.QueryArrayConfig,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult<Row>>;
  readonly [READS]: true;
}

/** What a function needs to write, or to hold rows so that nobody else changes them. */
export interface Write extends Read {
  readonly [WRITES]: true;
}

/** The database as modules see it: the only ways to a statement. Neither is called from inside the other: pass the handle on. */
export interface Db {
  /** Reads in one transaction that sees one moment and cannot write. Throws `busy` when there is no connection in time. */
  read<Result>(work: (tx: Read) => Promise<Result>): Promise<Result>;
  /**
   * Writes in one transaction: all of it is kept, or none. Writes take turns, so that a burst of them leaves connections to those who
   * only read. Throws `busy` when no turn came in time.
   */
  write<Result>(work: (tx: Write) => Promise<Result>): Promise<Result>;
  /**
   * Writes without waiting for a turn, on a connection that is kept for reads: a short statement for which a hall or another node waits.
   * Throws `busy` when there is no connection in time.
   */
  writeNow<Result>(work: (tx: Write) => Promise<Result>): Promise<Result>;
  /**
   * Does the work as it would be done, checks whether it could be kept, and takes it all back: a dry run sees what the real one sees,
   * faults too. What the work reads and writes is a part of one transaction here.
   */
  rehearse<Result>(work: (db: Db) => Promise<Result>): Promise<Result>;
}

/** Connections that writes leave to reads. */
const KEPT_FOR_READS = 4;
/** How long a write waits for its turn before it is told that the system is busy. */
const TURN_WITHIN_MS = 30_000;

const READING: Manner = { begin: 'begin isolation level repeatable read read only', end: 'commit' };
const WRITING: Manner = { begin: 'begin', end: 'commit' };
const REHEARSING: Manner = { begin: 'begin', end: 'rollback' };

/** The handles of a pool. */
export function openHandles(pool: pg.Pool): Db {
  const gate = openGate(Math.max(pool.options.max - KEPT_FOR_READS, 1));
  const inTurn = async <Result>(manner: Manner, work: (tx: Write) => Promise<Result>): Promise<Result> => {
    mayNotBeginInside(pool);
    if (!(await gate.enter(TURN_WITHIN_MS))) return refuse('busy', {});
    try {
      return await onHandle(pool, manner, work);
    } finally {
      gate.leave();
    }
  };
  return {
    read: (work) => onHandle(pool, READING, work),
    write: (work) => inTurn(WRITING, work),
    writeNow: (work) => onHandle(pool, WRITING, work),
    rehearse: (work) => inTurn(REHEARSING, (tx) => work(partsOf(tx))),
  };
}

function onHandle<Result>(pool: pg.Pool, manner: Manner, work: (tx: Write) => Promise<Result>): Promise<Result> {
  return inTransaction(
    pool,
    async (client) => {
      const { tx, close } = handleOn(client);
      try {
        return await work(tx);
      } finally {
        await close();
      }
    },
    manner,
  );
}

/** A handle on a connection. Once closed it takes no more statements; what it has taken is finished first. */
function handleOn(client: pg.ClientBase): { readonly tx: Write; close(): Promise<void> } {
  let isOver = false;
  let last: Promise<unknown> = Promise.resolve();
  const query = (statement: string | pg.QueryConfig, values?: unknown[]) => {
    if (isOver) return Promise.reject(new Error('a handle was used after its transaction'));
    const answer = last.then(() => client.query(statement as string, values));
    last = answer.catch(() => undefined);
    return answer;
  };
  return {
    tx: { query } as unknown as Write,
    close: async () => {
      isOver = true;
      await last;
    },
  };
}

/** What a commit would check is checked at the end of a part, so that all of it can still be taken back. */
const AS_IF_KEPT = 'set constraints all immediate; set constraints all deferred; release savepoint rehearsed';

/** A transaction as a database of its own: what reads and writes in it takes turns, since it shares one connection. */
function partsOf(tx: Write): Db {
  const gate = openGate(1);
  const apart = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (!(await gate.enter(TURN_WITHIN_MS))) return refuse('busy', {});
    try {
      return await work();
    } finally {
      gate.leave();
    }
  };
  const part = async <Result>(work: () => Promise<Result>, end: string): Promise<Result> => {
    await tx.query('savepoint rehearsed');
    try {
      const result = await work();
      await tx.query(end);
      return result;
    } catch (error) {
      await tx.query('rollback to savepoint rehearsed');
      throw error;
    }
  };
  const write: Db['write'] = (work) => apart(() => part(() => work(tx), AS_IF_KEPT));
  return {
    read: (work) => apart(() => work(tx)),
    write,
    writeNow: write,
    rehearse: (work) => apart(() => part(() => work(partsOf(tx)), 'rollback to savepoint rehearsed')),
  };
}

/** Does a part of a transaction: when it fails it leaves nothing behind, and the transaction can go on. */
export async function inPart<Result>(tx: Write, work: () => Promise<Result>): Promise<Result> {
  await tx.query('savepoint part');
  try {
    return await work();
  } catch (error) {
    await tx.query('rollback to savepoint part');
    throw error;
  }
}

/** True when the database refused because of this constraint (unique, foreign key, check or exclusion). */
export function brokeConstraint(error: unknown, constraint: string): boolean {
  return (error as { constraint?: string }).constraint === constraint;
}
