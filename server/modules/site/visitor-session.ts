import { createHash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HOUR } from '../../../core/time/instant.ts';
import type { SiteContext } from './context.ts';
import { accountOf, beginSession, claimBooking, endSession, endSessionsOf, sessionAccount } from './queries.ts';

const COOKIE = 'okno-visitor';
const SESSION_MS = 12 * HOUR;

/** The signed-in account; null: nobody. */
export async function accountIn({ db, now }: SiteContext, { cookies }: FastifyRequest): Promise<string | null> {
  const token = cookies[COOKIE];
  return token === undefined ? null : db.read((tx) => sessionAccount(tx, hashOf(token), now()));
}

/** Signs a visitor in. The identity is the name given by the server: the same address from two servers is never taken for one person. */
export async function signIn(
  { db, now }: SiteContext,
  { protocol }: FastifyRequest,
  reply: FastifyReply,
  { issuer, subject }: { readonly issuer: string; readonly subject: string },
): Promise<void> {
  const token = randomBytes(32).toString('base64url');
  await db.write(async (tx) =>
    beginSession(tx, hashOf(token), await accountOf(tx, issuer, subject), now() + SESSION_MS),
  );
  const secure = protocol === 'https';
  void reply.setCookie(COOKIE, token, { path: '/', httpOnly: true, sameSite: 'lax', secure });
}

/** Signs out this browser, or every browser of the account. */
export async function signOut(
  context: SiteContext,
  request: FastifyRequest,
  reply: FastifyReply,
  where: 'here' | 'everywhere',
): Promise<void> {
  const { db } = context;
  const token = request.cookies[COOKIE];
  const accountId = where === 'everywhere' ? await accountIn(context, request) : null;
  if (accountId !== null) await db.write((tx) => endSessionsOf(tx, accountId));
  else if (token !== undefined && where === 'here') await db.write((tx) => endSession(tx, hashOf(token)));
  void reply.clearCookie(COOKIE, { path: '/' });
}

/** A booking that a signed-in visitor makes is theirs. */
export async function keepForAccount(context: SiteContext, request: FastifyRequest, bookingId: string): Promise<void> {
  const accountId = await accountIn(context, request);
  if (accountId !== null) await context.db.write((tx) => claimBooking(tx, accountId, bookingId));
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
