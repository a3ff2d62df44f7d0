import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Journey, Oidc, Outcome } from './oidc.ts';

/** Where journeys to another server begin and end, and what they are called in the browser. */
export interface JourneyPlace {
  readonly cookie: string;
  /** The address at which one begins; `${path}/back` is where it ends. */
  readonly path: string;
}

const JOURNEY_SECONDS = 600;
/** More tabs than anybody has: what a browser keeps of journeys never grows beyond this. */
const JOURNEYS_MAX = 6;
const HERE = 'here';

/** The contents of a journey apart from its secrets: where to go once it is over. */
type Kept = Journey & { readonly to?: string };

/**
 * Sends the browser to the other server. Each journey has a cookie of its own, so that several tabs do not get in each other's way. Gives
 * where to, or null where nobody has said under which address this site is known.
 */
export async function beginJourney(
  request: FastifyRequest,
  reply: FastifyReply,
  {
    oidc,
    place,
    scope,
    to,
  }: { readonly oidc: Oidc; readonly place: JourneyPlace; readonly scope: string; readonly to?: string },
): Promise<string | null> {
  const origin = request.trustedOrigin;
  if (origin === null) return null;
  // The cookie has to be kept under the address to which the other server sends back.
  const query = new URLSearchParams(request.query as Record<string, string>);
  if (origin !== `${request.protocol}://${request.host}` && !query.has(HERE)) {
    query.set(HERE, '1');
    return `${origin}${place.path}?${query.toString()}`;
  }
  const { url, journey } = await oidc.begin(`${origin}${place.path}/back`, scope);
  const options = optionsOf(request, place);
  const before = Object.keys(request.cookies).filter((name) => name.startsWith(`${place.cookie}.`));
  for (const name of before.slice(0, Math.max(0, before.length - JOURNEYS_MAX + 1)))
    void reply.clearCookie(name, options);
  const kept: Kept = { ...journey, ...(to !== undefined && { to }) };
  void reply.setCookie(nameOf(place, journey.state), JSON.stringify(kept), { ...options, maxAge: JOURNEY_SECONDS });
  return url;
}

/** Who has come back, and where they wanted to go. A return address that was kept, or used before, says that it is over. */
export async function endJourney(
  request: FastifyRequest,
  reply: FastifyReply,
  { oidc, place }: { readonly oidc: Oidc; readonly place: JourneyPlace },
): Promise<{ readonly outcome: Outcome; readonly to: string | null }> {
  const { state } = request.query as { readonly state?: unknown };
  const name = typeof state === 'string' && /^[\w-]{16,200}$/.test(state) ? nameOf(place, state) : null;
  const text = name === null ? undefined : request.cookies[name];
  const kept = text === undefined ? null : readKept(text);
  const origin = request.trustedOrigin;
  if (name === null || kept === null || origin === null) return { outcome: { kind: 'over' }, to: null };
  void reply.clearCookie(name, optionsOf(request, place));
  return { outcome: await oidc.finish(`${origin}${request.url}`, kept), to: kept.to ?? null };
}

function nameOf({ cookie }: JourneyPlace, state: string): string {
  return `${cookie}.${state.slice(0, 16)}`;
}

/** Of the same site would not do: it has to come back with the browser from the other server. */
function optionsOf({ protocol }: FastifyRequest, { path }: JourneyPlace) {
  return { path, httpOnly: true, sameSite: 'lax', secure: protocol === 'https' } as const;
}

function readKept(text: string): Kept | null {
  try {
    const { state, nonce, verifier, to } = JSON.parse(text) as Record<string, unknown>;
    const secrets = [state, nonce, verifier];
    if (!secrets.every((one) => typeof one === 'string')) return null;
    return { state, nonce, verifier, ...(typeof to === 'string' && { to }) } as Kept;
  } catch {
    return null;
  }
}
