import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Contract } from '../../contract/contract.ts';
import { openApi } from '../../contract/openapi.ts';
import { type ClockReply, descriptionContract, type NodeFigures, platformContract } from '../../contract/platform.ts';
import { catalogue } from '../../core/problem-catalogue.ts';
import { type ProblemCode, refuse } from '../../core/problems.ts';
import type { Clock } from './clock.ts';
import { serve } from './serve.ts';

export interface PlatformSetting {
  readonly clock: Clock;
  readonly contract: Contract;
  readonly version: string;
  /** What this node does. */
  figures(): NodeFigures;
  /** A sentence for the administrator when the node cannot do its work, else null. */
  fault(): Promise<string | null>;
  /** Keeps a line for the administrator. */
  log(message: string): void;
}

/** A screen that breaks again and again fills no disk. */
const SCREEN_FAULTS_A_MINUTE = 20;
const MINUTE_MS = 60_000;

/** How fast the minutes of a demo pass that nobody wants to wait for. */
const HURRY_RATE = 60;

export function platformRoutes(
  app: FastifyInstance,
  { clock, contract, version, figures, fault, log }: PlatformSetting,
): void {
  let slow: NodeJS.Timeout | undefined;
  let told = { since: -Infinity, count: 0 };
  serve(app, platformContract, {
    'GET /api/clock': () => clockReply(clock),

    'POST /api/clock/step': async ({ body: { to } }) => {
      await clock.stepTo(to);
      return clockReply(clock);
    },

    'POST /api/clock/hurry': async ({ body: { minutes } }) => {
      await clock.runAt(HURRY_RATE);
      clearTimeout(slow);
      slow = setTimeout(() => void clock.runAt(1).catch(() => undefined), (minutes * 60_000) / HURRY_RATE).unref();
      return clockReply(clock);
    },

    'POST /api/screen-faults': ({ body: { screen, error, frames } }) => {
      if (performance.now() - told.since > MINUTE_MS) told = { since: performance.now(), count: 0 };
      told.count += 1;
      // Anybody may send this: the line says whose word it is.
      if (told.count <= SCREEN_FAULTS_A_MINUTE)
        log(`a browser says, unchecked: the screen ${screen} broke, ${error} at ${frames.join(', ')}`);
    },

    'GET /healthz': () => ({ status: 'ok' }),

    'GET /api/node': () => figures(),

    'GET /readyz': async () => {
      const found = await fault();
      if (found !== null) return refuse('not-ready', { reason: found });
      return { status: 'ok' };
    },
  });

  const document = JSON.stringify(openApi(contract, version));
  const etag = `"${createHash('sha256').update(document).digest('base64url')}"`;
  serve(app, descriptionContract, {
    'GET /openapi.json': ({ headers }, reply) => {
      void reply.header('etag', etag).header('cache-control', 'no-cache');
      return isUnchanged(headers['if-none-match'], etag)
        ? reply.code(304).send()
        : reply.type('application/json; charset=utf-8').send(document);
    },

    'GET /problems/:code': ({ params: { code } }) =>
      Object.hasOwn(catalogue, code)
        ? { code, status: catalogue[code as ProblemCode].status }
        : refuse('unknown-route', { route: `/problems/${code}` }),
  });
}

/** True where the caller has this version already (RFC 9110, 13.1.2: compared without regard to weakness). */
function isUnchanged(ifNoneMatch: string | undefined, etag: string): boolean {
  const known = new Set((ifNoneMatch ?? '').split(',').map((one) => one.trim().replace(/^W\//, '')));
  return known.has('*') || known.has(etag);
}

function clockReply({ kind, rate, now }: Clock): ClockReply {
  return { kind, rate, now: now() };
}
