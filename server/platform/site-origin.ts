import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Where the city's site is, such as `https://okno.example`: as the administrator says; what the caller's Host says only where nobody has said it. */
    readonly siteOrigin: string;
    /**
     * The same for a link with a secret: never taken from the request. Null where it is not configured, except
     * on the local machine.
     */
    readonly trustedOrigin: string | null;
  }
}

const OWN_MACHINE = new Set(['127.0.0.1', 'localhost', '[::1]', '::1']);

/** Tells requests where the site is. `publicUrl`: as the administrator has it in the configuration. */
export function tellOrigin(app: FastifyInstance, publicUrl: string | null): void {
  const known = publicUrl === null ? null : new URL(publicUrl).origin;
  app.decorateRequest('siteOrigin', {
    getter(this: FastifyRequest) {
      return known ?? `${this.protocol}://${this.host}`;
    },
  });
  app.decorateRequest('trustedOrigin', {
    getter(this: FastifyRequest) {
      return known ?? (OWN_MACHINE.has(this.hostname) ? `${this.protocol}://${this.host}` : null);
    },
  });
}
