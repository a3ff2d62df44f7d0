import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Allowance } from '../../../core/access/allowance.ts';
import { ANYBODY_AT_ALL, type Asker, mayAnywhere, mayAt } from '../../../core/access/asker.ts';
import { ANYBODY, type Right } from '../../../core/access/roles.ts';
import { netOf, wideNetOf } from '../../../core/access/net.ts';
import { EVERYWHERE } from '../../../core/access/scope.ts';
import { refuse } from '../../../core/problems.ts';
import type { Measure, Route } from '../../../contract/contract.ts';
import type { CentreId } from '../../../core/queue/ids.ts';
import { openMeasures } from '../../platform/measures.ts';
import { isFromOwnPage } from '../../platform/own-page.ts';
import { sessionToken } from '../../platform/session-cookie.ts';
import type { NetworkContext } from '../network/index.ts';
import { openAskers } from './askers.ts';
import { mayAtCentre } from './may-at-centre.ts';

/** A window or kiosk asks a few times a second at most; a device that asks more is broken or hostile. */
const DEVICE: Allowance = { burst: 100, perSecond: 20 };
/** All who have no key share their address: a whole hall of telephones may be behind one. */
const ADDRESS: Allowance = { burst: 600, perSecond: 100 };
/** Passwords and codes: enough for a hall in the morning, too little for a guesser. */
const SECRETS: Allowance = { burst: 60, perSecond: 1 };
/** How much a caller may store without signing in: enough for a library's computers, too little to fill a disk. */
const KEPT: Allowance = { burst: 30, perSecond: 0.2 };
/** Faults of screens, told by browsers: a hall of broken telephones, and no room for who would fill the log or crowd others out of it. */
const TOLD: Allowance = { burst: 10, perSecond: 0.05 };
/** What is searched for each question, by anybody: enough for a hall of telephones, too little to take a node's time from its halls. */
const SERVICES: Allowance = { burst: 30, perSecond: 10 };
const TIMES: Allowance = { burst: 20, perSecond: 4 };
/** The measures of routes: of every caller, and of callers without a key. */
const MEASURES: Readonly<Partial<Record<Measure, Allowance>>> = { secrets: SECRETS, kept: KEPT, told: TOLD };
const STRANGERS_MEASURES: Readonly<Partial<Record<Measure, Allowance>>> = { services: SERVICES, times: TIMES };
/** A provider's customer has a /56 of the sixth version: many a /64, and not as many measures. */
const WIDE = 4;
/** Boards, tickets on telephones and tabs: enough for a hall behind one address, too little to fill a node. */
const STREAMS_OF_ADDRESS = 400;
const STREAMS_OF_ASKER = 40;

/**
 * Identifies the caller, and lets the request pass only when they have the route's right where it is to happen, and not more
 * often than a device may ask. Without any proof a caller may look, and act on a visit whose secret they have.
 * Gives the way to forget what it remembers of callers. `open`: anybody may do anything, as in a demo on one's own machine.
 */
export function guardRequests(
  context: NetworkContext,
  nonceKey: Buffer,
  { open }: { readonly open: boolean },
): () => void {
  const { http } = context;
  const askers = openAskers(context, nonceKey);
  const measures = openMeasures();
  const streams = countStreams();
  /** All of one address, and of the customer it belongs to, share a measure. */
  const countAddress = (what: string, { ip }: FastifyRequest, allowance: Allowance) => {
    measures.spend(`${what} ${netOf(ip)}`, allowance);
    const { burst, perSecond } = allowance;
    if (wideNetOf(ip) !== netOf(ip))
      measures.spend(`${what} ${wideNetOf(ip)}`, { burst: burst * WIDE, perSecond: perSecond * WIDE });
  };
  const countMeasure = (request: FastifyRequest, allowances: typeof MEASURES) => {
    const measure = measureOf(request);
    const allowance = measure === null ? undefined : allowances[measure];
    if (measure !== null && allowance !== undefined) countAddress(measure, request, allowance);
  };
  /** Who has no key shares all that an address may ask, and what it may search. */
  const countStranger = (request: FastifyRequest) => {
    countAddress('address', request, ADDRESS);
    countMeasure(request, STRANGERS_MEASURES);
  };

  // Before anything of a body is read: who may not ask costs no memory, and learns nothing from the answer.
  http.addHook('onRequest', async (request, reply) => {
    if (request.headers['dpop'] !== undefined) void reply.header('dpop-nonce', askers.nonce());
    mustBeOurOwnPage(request);
    countMeasure(request, MEASURES);
    const right = rightOf(request);
    if (right === null && !open && !isBuiltFile(request)) countStranger(request);
    if (open || right === null) {
      request.asker = ANYBODY_AT_ALL;
      return;
    }
    const asker = await askers.of(request).catch((error: unknown) => {
      countAddress('address', request, ADDRESS);
      throw error;
    });
    request.asker = asker;
    if (asker.id === null) countStranger(request);
    else measures.spend(`${asker.kind} ${asker.id}`, DEVICE);
    if (isStream(request)) {
      const [who, most] =
        asker.id === null ? [netOf(request.ip), STREAMS_OF_ADDRESS] : [`${asker.kind} ${asker.id}`, STREAMS_OF_ASKER];
      streams.begin(who, most, reply);
    }
    await mustHave(request, right);
  });

  // What is asked for in the body may need more than its route does.
  http.addHook('preValidation', async (request) => {
    const right = stricterRightOf(request);
    if (!open && right !== null) await mustHave(request, right);
  });

  const mustHave = async (request: FastifyRequest, right: Right) => {
    const { asker } = request;
    if (ANYBODY.includes(right)) return;
    if (asker.id === null) return refuse('key-needed', {});
    if (asker.secondFactor === 'due' || asker.secondFactor === 'to-set-up') return refuse('second-factor-needed', {});
    if (!mayAnywhere(asker, right)) return refuse('role-not-enough', { right });
    const { centreId } = request.params as { centreId?: string };
    if (centreId !== undefined) await mustCoverCentre(asker, right, Number(centreId));
    else if (!isPlaced(request) && !mayAt(asker, right, EVERYWHERE)) refuse('right-elsewhere', {});
  };

  const mustCoverCentre = async (asker: Asker, right: Right, centreId: CentreId) => {
    // What is no number of a centre is refused by its schema a moment later.
    if (!(Number.isInteger(centreId) && centreId > 0 && centreId <= 2_147_483_647)) return;
    if (!(await mayAtCentre(context, asker, right, centreId))) refuse('foreign-centre', { centreId });
  };

  return askers.forget;
}

/**
 * A browser names the page that asks. One of another site may not act with the cookie of the person signed in here, nor
 * sign them in as someone else.
 */
function mustBeOurOwnPage(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  if (sessionToken(request) === null && measureOf(request) !== 'secrets') return;
  if (!isFromOwnPage(request)) refuse('foreign-origin', {});
}

function rightOf({ routeOptions }: FastifyRequest): Right | null {
  return (routeOptions.config as Partial<Pick<Route, 'right'>>).right ?? null;
}

/** The right that a member of the body asks for beyond the route's own; null: none. */
function stricterRightOf({ routeOptions, body }: FastifyRequest): Right | null {
  const { stricter = null } = routeOptions.config as Partial<Pick<Route, 'stricter'>>;
  return stricter !== null && (body as Record<string, unknown> | undefined)?.[stricter.member] === true
    ? stricter.right
    : null;
}

function measureOf({ routeOptions }: FastifyRequest): Measure | null {
  return (routeOptions.config as { readonly measure?: Measure | null }).measure ?? null;
}

function isPlaced({ routeOptions }: FastifyRequest): boolean {
  return (routeOptions.config as Partial<Pick<Route, 'placed'>>).placed === true;
}

/** True for a file of the screens: browsers keep it for a year, and a hall that begins its day asks for hundreds at once. */
function isBuiltFile({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.url === '/assets/*';
}

function isStream({ routeOptions }: FastifyRequest): boolean {
  return (routeOptions.config as { readonly stream?: boolean }).stream === true;
}

/** Counts streams that are open at the same time; throws too-many-streams. */
function countStreams() {
  const open = new Map<string, number>();
  return {
    begin: (who: string, most: number, { raw }: FastifyReply): void => {
      const now = open.get(who) ?? 0;
      if (now >= most) refuse('too-many-streams', { most });
      open.set(who, now + 1);
      raw.once('close', () => {
        const left = (open.get(who) ?? 1) - 1;
        if (left === 0) open.delete(who);
        else open.set(who, left);
      });
    },
  };
}
