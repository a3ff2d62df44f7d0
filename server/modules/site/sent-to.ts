import type { FastifyReply, FastifyRequest } from 'fastify';

const SENT_TO = 'okno-code-sent-to';
const SENT_TO_SECONDS = 900;
const TYPED = 'okno-code-typed';
const TYPED_SECONDS = 60;

/** The browser keeps where its code went, so that the page can say it: not the address, only as much as its owner knows it by. */
export function keepSentTo({ protocol }: FastifyRequest, reply: FastifyReply, contact: string): void {
  const options = { path: '/book', httpOnly: true, sameSite: 'lax', secure: protocol === 'https' } as const;
  void reply.setCookie(SENT_TO, masked(contact), { ...options, maxAge: SENT_TO_SECONDS });
}

export function sentTo({ cookies }: FastifyRequest): string | null {
  return cookies[SENT_TO]?.slice(0, 100) ?? null;
}

/** The browser carries a code that was refused to the page that says so: the page shows it once more, to be mended. */
export function keepTypedCode({ protocol }: FastifyRequest, reply: FastifyReply, typed: string): void {
  const options = { path: '/book', httpOnly: true, sameSite: 'lax', secure: protocol === 'https' } as const;
  void reply.setCookie(TYPED, typed, { ...options, maxAge: TYPED_SECONDS });
}

/** The code that was just refused, once; null: none was. */
export function takeTypedCode({ cookies }: FastifyRequest, reply: FastifyReply): string | null {
  const typed = cookies[TYPED];
  if (typed === undefined) return null;
  void reply.clearCookie(TYPED, { path: '/book' });
  return typed.slice(0, 10);
}

/** `m•••@example.org`, `••• 45 67`. */
export function masked(contact: string): string {
  const [name = '', host] = contact.split('@');
  if (host !== undefined) return `${name.slice(0, 1)}•••@${host}`;
  const digits = contact.replaceAll(/\D/g, '').slice(-4);
  return `••• ${digits.slice(0, 2)} ${digits.slice(2)}`;
}
