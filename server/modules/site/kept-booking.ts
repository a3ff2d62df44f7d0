import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OwnBooking } from '../../../contract/booking.ts';
import { replyOf, type Visitor } from './ask-api.ts';
import type { Site } from './context.ts';

const COOKIE = 'okno-booking';

/** The booking whose secret this browser keeps; null: none, or it is none of ours. */
export async function current({ ask }: Site, visitor: Visitor): Promise<OwnBooking | null> {
  const token = visitor.request.cookies[COOKIE];
  if (token === undefined || !/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  return replyOf(await ask(visitor, 'POST /api/own-booking/look', { body: { token } }));
}

/** Until the browser is closed: others may use it afterwards. */
export function keepBooking({ protocol }: FastifyRequest, reply: FastifyReply, token: string): void {
  void reply.setCookie(COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: protocol === 'https',
  });
}

export function leaveBooking(reply: FastifyReply): void {
  void reply.clearCookie(COOKIE, { path: '/' });
}
