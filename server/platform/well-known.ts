import type { FastifyInstance } from 'fastify';
import { securityContactContract, wellKnownContract } from '../../contract/platform.ts';
import { serve } from './serve.ts';
import type { Instant } from '../../core/time/instant.ts';

/** The window of Okno, 32 points wide, for browsers that ask for it where every site has one. */
const ICON = Buffer.from(
  [
    'AAABAAEAICAAAAEAIAD/AAAAFgAAAIlQTkcNChoKAAAADUlIRFIAAAAgAAAAIAQDAAAAgVRnxwAAADBQTFRFTGlxryMasyUdsiYdsyUesyYdsCcgsiUesiUesyUetiQbsy',
    'UesiYdsiUe////syYeLXg8/AAAAA50Uk5TAB3y8amsJ+6qrxzs8O10CQJmAAAACXBIWXMAAAsTAAALEwEAmpwYAAAAW0lEQVQoz2NgIAeI6v+Hgk/TQHzG+//h4LsAUID1',
    'PxJoAAowIQsYAAX4kQU+QATevXv3/h+QoLMAhjsGp8NQgvAAUIATWcABKMBWj+D/XgCKGAl7GP+zF1kxDQDDxz95sa0drgAAAABJRU5ErkJggg==',
  ].join(''),
  'base64',
);

/** A contact is good for half a year from when it is read: RFC 9116 wants less than one. */
const GOOD_FOR_MS = 182 * 86_400_000;

export interface WellKnownSetting {
  /** Whom people tell of a weakness: `mailto:…` or `https://…`; null: no such page. */
  readonly securityContact: string | null;
  readonly now: () => Instant;
}

/** What programs look for at an address of its own on every site: an icon, and whom to tell of a weakness (RFC 9116). */
export function wellKnown(app: FastifyInstance, { securityContact, now }: WellKnownSetting): void {
  serve(app, wellKnownContract, {
    'GET /favicon.ico': (_request, reply) =>
      reply.type('image/x-icon').header('cache-control', 'public, max-age=86400').send(ICON),
  });
  if (securityContact === null) return;
  serve(app, securityContactContract, {
    'GET /.well-known/security.txt': (request, reply) => {
      const expires = new Date(now() + GOOD_FOR_MS).toISOString();
      const canonical = `${request.siteOrigin}/.well-known/security.txt`;
      return reply
        .type('text/plain; charset=utf-8')
        .send(
          `Contact: ${securityContact}\nExpires: ${expires}\nPreferred-Languages: ru, en\nCanonical: ${canonical}\n`,
        );
    },
  });
}
