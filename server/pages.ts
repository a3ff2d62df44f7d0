import type { FastifyInstance } from 'fastify';
import fastifyStatic from '@fastify/static';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PageData } from './around-halls.ts';

/** The screens and the addresses at which they are shown; each is one built page that reads the rest from its address. */
export const screens: Readonly<Record<string, string>> = {
  '/': 'start',
  '/kiosk/:centreId': 'kiosk',
  '/board/:centreId': 'board',
  '/window/:centreId/:windowId': 'window',
  '/sign-in': 'sign-in',
  '/pair': 'pair',
  '/office': 'office',
  '/office/:page': 'office',
  '/office/:page/:id': 'office',
};

/** Serves the built screens from `folder`. */
export async function servePages(app: FastifyInstance, folder: string, _data: PageData): Promise<void> {
  if (!existsSync(folder)) return;
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '1y',
    decorateReply: true,
  });
  for (const [address, screen] of Object.entries(screens)) {
    app.get(address, { helmet: {} }, (_request, reply) =>
      reply
        .header('cache-control', 'no-cache')
        .sendFile('index.html', join(folder, screen), { immutable: false, maxAge: 0 }),
    );
  }
}
