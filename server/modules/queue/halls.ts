import { type ProblemCode, ProblemError } from '../../../core/problems.ts';
import type { QueueConfiguration } from '../../../core/queue/configuration.ts';
import type { VisitState } from '../../../core/queue/day.ts';
import type { CentreId, DayKey } from '../../../core/queue/ids.ts';
import { addDays, businessDayAt, type CivilDate } from '../../../core/time/civil.ts';
import type { Mended } from '../../../core/queue/usable-rules.ts';
import { pilotOffer } from '../catalogue/index.ts';
import { configurationOf, type Directory, type NetworkContext, planDay } from '../network/index.ts';
import { DayBook } from './day-book.ts';
import { type Neighbours, openNeighbours } from './nodes/neighbours.ts';
import { Sealer } from './proof/sealer.ts';
import { freeSeats } from './seats/queries.ts';
import type { NodeFigures } from '../../../contract/platform.ts';
import type { Database } from '../../platform/database.ts';
import { type Installation, installationKey } from '../../platform/installation.ts';
import { isolated, type LogFault } from '../../platform/isolated.ts';
import { type Listeners, openListeners } from '../../platform/listeners.ts';
import type { Log } from '../../platform/log.ts';

/** How this node serves halls. */
export interface NodeOfHalls {
  readonly database: Database;
  readonly installation: Installation;
  readonly version: string;
  /** Where the seals of closed days are published outside the database. */
  readonly published: { readonly file: string | null; readonly witness: string | null };
  /** Where the other nodes reach this one. */
  readonly nodeHost: string;
  /** True for a node that asks no other. */
  readonly alone: boolean;
}

/** A hall that opened with other rules than the ones that are written, because those could not be used. */
export interface RulesMended {
  readonly centreId: CentreId;
  readonly mended: readonly Mended[];
}

/** The halls of all centres as this node serves them. */
export interface Halls {
  readonly dayBook: DayBook;
  /** Hears of halls whose rules had to be mended; also of those that need no mending any more. */
  readonly rulesMended: Listeners<RulesMended>;
  /** The running business day of the hall in which a centre receives. Throws unknown-centre. */
  today(centreId: CentreId): Promise<DayKey>;
  /** Tells the running day of a hall that its centre has other rules now. */
  rulesChanged(centreId: CentreId): Promise<void>;
  /** The rules of a hall on a day that need not run. Throws unknown-centre. */
  rulesOn(centreId: CentreId, day: CivilDate): Promise<QueueConfiguration>;
  /** How many visitors the hall of a centre still has today; none while it does not receive. */
  openVisits(centreId: CentreId): Promise<number>;
  /** A sentence about the halls of this node that cannot be written today; null when all can. */
  fault(): Promise<string | null>;
  /** How many nodes live, this one included. */
  nodes(): number;
  /** What this node does. */
  figures(): NodeFigures;
  /** Joins the other nodes. */
  begin(): Promise<void>;
  /**
   * Begins to load the open days that this node serves, so that nothing due in them sleeps unseen. A request for a centre meanwhile has
   * its day loaded at once; the others follow within seconds. From then on it looks again and again whether another node has opened
   * or changed one of them.
   */
  warm(): void;
  /** Leaves the other nodes, finishes what is under way, and stops. */
  close(): Promise<void>;
}

/** A node that joins or leaves is known to all of them within a second; what was decided in that second is found by then. */
const LOOK_EVERY_MS = 5_000;
/** Who still waits for something. */
const IN_HALL = new Set<VisitState>(['waiting', 'called', 'serving', 'held']);
/** A hall whose day is not running has no rules to change. */
const NOT_RECEIVING = new Set<ProblemCode>(['centre-closed', 'day-closed', 'day-not-open']);

export function openHalls(context: NetworkContext, node: NodeOfHalls): Halls {
  const { clock, directory } = context;
  const { database, version, published, nodeHost, alone } = node;
  const log: Log['error'] = (message, error) => context.log.error(message, error);
  const rulesMended = openListeners<RulesMended>('rules that were mended');
  const tell = (centreId: CentreId, mended: readonly Mended[]) =>
    tellOfMended(context, rulesMended, { centreId, mended });
  const sealer = new Sealer({ db: database, ...published, now: () => clock.now(), log });
  let neighbours: Neighbours | null = null;
  const serves = (centreId: CentreId) => neighbours?.serves(centreId) ?? true;
  const dayBook = new DayBook({
    database,
    clock,
    plan: async (key) => {
      const plan = await planDay(database, directory, pilotOffer, key, clock.now());
      await tell(key.centreId, plan.mended);
      return { opening: { ...plan.bounds, home: node.installation.home }, configuration: plan.configuration };
    },
    closed: (key) => void sealer.seal(key).catch((error: unknown) => log('a day could not be sealed', error)),
    windowsClosed: (key, windowIds) =>
      void database
        .write((tx) => freeSeats(tx, key, windowIds))
        .catch((error: unknown) => log('a seat was not given back', error)),
    elsewhere: (key, command) => neighbours?.elsewhere(key, command) ?? null,
    serves,
    log,
  });
  const today: Halls['today'] = async (centreId) => {
    const hallId = await directory.hallOf(centreId);
    const { centre } = await directory.centre(hallId);
    return { centreId: hallId, day: businessDayAt(clock.now(), centre.time_zone) };
  };
  const ours = async () => (await keysToday(directory, today)).filter(({ centreId }) => serves(centreId));
  const dayWatch = openDayWatch({ ours, warm: (keys) => dayBook.warm(keys), alone, log });
  return {
    dayBook,
    rulesMended,
    today,
    ...rulesOfHalls(context, database, dayBook, today, tell),
    openVisits: async (centreId) => openVisits(dayBook, await today(centreId)),
    fault: async () => faultOf(await dayBook.notWorking(await ours())),
    figures: () => {
      const { daysSetAside, ...figures } = dayBook.figures;
      return { ...figures, nodes: neighbours?.nodes() ?? 1, daysSetAside: daysSetAside + sealer.setAside };
    },
    nodes: () => neighbours?.nodes() ?? 1,
    begin: async () => {
      if (!alone)
        neighbours = await openNeighbours({
          db: database,
          host: nodeHost,
          version,
          secret: await installationKey(database, 'nodes'),
          carryOutHere: (key, command) => dayBook.carryOutHere(key, command),
          changed: () => void dayWatch.look(),
          log,
        });
    },
    warm: () => dayWatch.begin(),
    close: async () => {
      dayWatch.end();
      await neighbours?.leave();
      await dayWatch.over();
      await dayBook.close();
      neighbours?.close();
      await sealer.settled();
    },
  };
}

/** The rules of halls: those of running days follow what is written, those of other days are composed on request. */
function rulesOfHalls(
  { directory }: NetworkContext,
  db: Database,
  dayBook: DayBook,
  today: Halls['today'],
  tell: (centreId: CentreId, mended: readonly Mended[]) => Promise<void>,
): Pick<Halls, 'rulesChanged' | 'rulesOn'> {
  const rulesNow = (centreId: CentreId, day: CivilDate) => configurationOf(db, directory, pilotOffer, centreId, day);
  return {
    rulesChanged: async (centreId) => {
      const key = await today(centreId);
      const { configuration, mended } = await rulesNow(key.centreId, key.day);
      await tell(key.centreId, mended);
      await dayBook.configure(key, configuration).catch(unlessNotReceiving);
    },
    rulesOn: async (centreId, day) => (await rulesNow(centreId, day)).configuration,
  };
}

/** The running days of all halls. */
async function keysToday(directory: Directory, today: Halls['today']): Promise<DayKey[]> {
  const own = (await directory.all()).filter(({ centre }) => centre.hall_of === null);
  return Promise.all(own.map(({ centre }) => today(centre.centre_id)));
}

function faultOf(dead: readonly DayKey[]): string | null {
  const centres = dead.map(({ centreId }) => centreId).join(', ');
  return dead.length === 0 ? null : `no day can be written at centre ${centres}`;
}

/** Loads the days of this node's halls, today's and yesterday's, again and again. */
function openDayWatch({
  ours,
  warm,
  alone,
  log,
}: {
  readonly ours: () => Promise<DayKey[]>;
  readonly warm: (keys: readonly DayKey[]) => Promise<void>;
  readonly alone: boolean;
  readonly log: Log['error'];
}) {
  let ended = false;
  let looking = Promise.resolve();
  let next: NodeJS.Timeout | undefined;
  const look = async () => {
    if (ended) return;
    const keys = await ours();
    await warm(keys.flatMap((key) => [key, { ...key, day: addDays(key.day, -1) }]));
  };
  const lookAfterThat = () => {
    looking = looking.then(look).catch((error: unknown) => log('the open days could not be loaded', error));
    return looking;
  };
  const begin = () =>
    void lookAfterThat().then(() => {
      if (!ended && !alone) next = setTimeout(begin, LOOK_EVERY_MS).unref();
    });
  return {
    begin,
    look: lookAfterThat,
    end: () => {
      ended = true;
      clearTimeout(next);
    },
    /** Waits for the look that is under way. */
    over: () => looking,
  };
}

function unlessNotReceiving(error: unknown): void {
  if (!(error instanceof ProblemError) || !NOT_RECEIVING.has(error.problem.code)) throw error;
}

async function openVisits(dayBook: DayBook, key: DayKey): Promise<number> {
  const count = dayBook.view(key, (day) => [...day.visits.values()].filter(({ state }) => IN_HALL.has(state)).length);
  return count.catch((error: unknown) => {
    if (error instanceof ProblemError && NOT_RECEIVING.has(error.problem.code)) return 0;
    throw error;
  });
}

/** A hall that receives by rules other than the ones that are written says so to the people who can write them. It opens also where that fails. */
async function tellOfMended(
  { log }: NetworkContext,
  rulesMended: Listeners<RulesMended>,
  told: RulesMended,
): Promise<void> {
  const { centreId, mended } = told;
  const fail: LogFault = (message, error) => log.error(message, error);
  if (mended.length > 0) {
    const places = mended.map(({ what, which }) => `${what}-${which}`);
    fail(`hall ${centreId} opens with mended rules: ${places.join(', ')}`, new Error('rules that cannot be used'));
  }
  await isolated(fail, `the mended rules of hall ${centreId} could not be told`, () => rulesMended.tell(told));
}
