import pg from 'pg';
import { type Problem, problem } from '../../../core/problems.ts';
import { awayProblem } from '../../platform/database-away.ts';

const STATEMENT_MS_MAX = 5_000;
/** A server that has not answered by then will not: it ends its own statements sooner. The connection counts as lost. */
const ANSWER_MS_MAX = STATEMENT_MS_MAX + 2_000;
const LANE_OPTIONS =
  `-c statement_timeout=${STATEMENT_MS_MAX} ` +
  '-c plan_cache_mode=force_generic_plan -c lock_timeout=50 -c default_transaction_isolation=read\\ committed';

/** A connection was lost; whether what it carried was written is unknown. */
export class LostConnection extends Error {
  constructor(options: ErrorOptions) {
    super('the connection to the database was lost', options);
    this.name = 'LostConnection';
  }
}

/** A writer's connection: one plan for each statement, short waits, and the isolation that the append relies on. */
export class Line {
  readonly #client: pg.Client;
  #broken: Error | null = null;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  /** `broken` is told when the line breaks, so that one which breaks while nobody writes is replaced at once. Throws LostConnection. */
  static async open(connection: pg.ClientConfig, broken: () => void): Promise<Line> {
    const client = new pg.Client({ ...connection, options: LANE_OPTIONS, query_timeout: ANSWER_MS_MAX });
    const line = new Line(client);
    client.on('error', (error) => {
      line.#broken = error;
      broken();
    });
    try {
      await client.connect();
    } catch (error) {
      throw new LostConnection({ cause: error });
    }
    return line;
  }

  /** Throws LostConnection when the line has broken. */
  check(): void {
    if (this.#broken !== null) throw new LostConnection({ cause: this.#broken });
  }

  /** Asks; gives the rows. Throws LostConnection, and what the database refuses. */
  async ask<Row extends pg.QueryResultRow>(query: pg.QueryConfig): Promise<Row[]> {
    this.check();
    try {
      return (await this.#client.query<Row>(query)).rows;
    } catch (error) {
      throw isLostConnection(error) ? new LostConnection({ cause: error }) : error;
    }
  }

  /** Ends the line; that a broken one does not say farewell is no news. */
  async end(): Promise<void> {
    await this.#client.end().catch(() => undefined);
  }
}

/** What of PostgreSQL's refusals is the sender's fault, by SQLSTATE: values that no column can hold. */
const SENDERS_FAULT = new Set(['22P02', '22P05', '22021', '22003']);

/** What the sender of a command that could not be written is told. */
export function problemOfWrite(error: unknown): Problem {
  if (error instanceof pg.DatabaseError && SENDERS_FAULT.has(error.code ?? '')) {
    return problem('malformed-request', { where: 'body', reason: 'the database refused a value in it' });
  }
  return awayProblem(error) ?? problem('internal', {});
}

/** lock_not_available and query_canceled: another session holds the day; it is tried again until the deadline. */
export function isWaitTooLong(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '55P03' || error.code === '57014');
}

/** What a query failed with that is no answer of the database, or its word that it is going down. */
function isLostConnection(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return true;
  return error.code?.startsWith('08') === true || ['57P01', '57P02', '57P03', '53300'].includes(error.code ?? '');
}
