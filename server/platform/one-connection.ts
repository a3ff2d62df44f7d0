import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';
import { problem, ProblemError } from '../../core/problems.ts';
import { jsonLog } from './log.ts';

/** A transaction that runs in this asynchronous context. */
interface Running {
  readonly pool: pg.Pool;
  isOver: boolean;
}

const running = new AsyncLocalStorage<Running>();

/** What happens to work in a transaction that asks for a second connection: its test fails, a real node logs it once. */
const isRefused = process.env['OKNO_SECOND_CONNECTION'] === 'refuse';
let wasLogged = false;

/**
 * Watches a pool. Work in a transaction that asks it for another connection holds one and waits for one; as many such callers as
 * the pool has connections wait for each other until they give up. And a pool that has had no connection to give in time says `busy`.
 */
export function watchPool(pool: pg.Pool): void {
  const connect = pool.connect.bind(pool) as (callback: ConnectCallback) => void;
  const watched = (callback?: ConnectCallback) => {
    if (callback === undefined)
      return new Promise((resolve, reject) => {
        watched((error, client) => (error === undefined || error === null ? resolve(client) : reject(error)));
      });
    const fault = secondConnection(pool);
    if (fault !== null) return void process.nextTick(callback, fault);
    return connect((error, client, release) => callback(isWaitOver(error) ? busy() : error, client, release));
  };
  pool.connect = watched as typeof pool.connect;
}

type ConnectCallback = (error: Error | null | undefined, client?: unknown, release?: unknown) => void;

/** Does the work in the context of a transaction of this pool. */
export async function asTransaction<Result>(pool: pg.Pool, work: () => Promise<Result>): Promise<Result> {
  const own: Running = { pool, isOver: false };
  try {
    return await running.run(own, work);
  } finally {
    own.isOver = true;
  }
}

function transactionHere(): Running | null {
  const own = running.getStore();
  return own === undefined || own.isOver ? null : own;
}

/** True in the work of a transaction. */
export function isInTransaction(): boolean {
  return transactionHere() !== null;
}

/** Begins something that no transaction waits for, such as reading a cache again. */
export function besideTransactions<Result>(work: () => Result): Result {
  return running.exit(work);
}

/** Throws in tests, logs once elsewhere, when a transaction of this pool runs here. */
export function mayNotBeginInside(pool: pg.Pool): void {
  const fault = secondConnection(pool);
  if (fault !== null) throw fault;
}

function secondConnection(pool: pg.Pool): Error | null {
  if (transactionHere()?.pool !== pool) return null;
  const fault = new Error('a transaction asks its pool for a second connection');
  if (isRefused) return fault;
  if (!wasLogged) jsonLog.error(fault.message, fault);
  wasLogged = true;
  return null;
}

/** pg-pool tells this by its words only. */
function isWaitOver(error: Error | null | undefined): boolean {
  return error?.message === 'timeout exceeded when trying to connect';
}

const busy = () => new ProblemError(problem('busy', {}));
