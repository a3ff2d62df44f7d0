import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { screenPageContract, shellContract } from '../../../contract/screen-pages.ts';
import type { Context } from '../../platform/context.ts';
import { type Handlers, serve } from '../../platform/serve.ts';

/** The screens and the addresses at which they are shown; each is one built page that reads the rest from its address. */
const SCREENS: Readonly<Record<keyof typeof screenPageContract, string>> = {
  'GET /start': 'start',
  'GET /kiosk/:centreId': 'kiosk',
  'GET /board/:centreId': 'board',
  'GET /window/:centreId/:windowId': 'window',
  'GET /hall/:centreId': 'hall',
  'GET /bar/:centreId': 'bar',
  'GET /rate/:centreId/:windowId': 'rate',
  'GET /cases/:centreId': 'cases',
  'GET /agency/:agencyId': 'agency',
  'GET /network': 'network',
  'GET /planning/:centreId': 'planning',
  'GET /planning/:centreId/week': 'planning',
  'GET /sign-in': 'sign-in',
  'GET /pair': 'pair',
  'GET /office': 'office',
  'GET /office/:page': 'office',
  'GET /office/:page/:id': 'office',
  'GET /_design': 'design',
};

/** Serves the built screens from a folder, with their scripts and styles. */
export async function serveScreens({ http, siteUrl }: Context, folder: string): Promise<void> {
  await http.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '1y',
    decorateReply: true,
  });
  // Scripts that work for the whole site are at its root: `shell` keeps them for the time without the server, `teller` shows messages.
  const script = (file: string) => (_request: unknown, reply: FastifyReply) =>
    reply.header('cache-control', 'no-cache').sendFile(file, folder, { immutable: false, maxAge: 0 });
  serve(http, shellContract, { 'GET /shell.js': script('shell.js'), 'GET /teller.js': script('teller.js') });
  const screen = (name: string) => async (_request: unknown, reply: FastifyReply) =>
    sendPage(reply, withSite(await readFile(join(folder, name, 'index.html'), 'utf8'), siteUrl));
  const shown = Object.entries(SCREENS).map(([name, file]) => [name, screen(file)]);
  serve(http, screenPageContract, Object.fromEntries(shown) as Handlers<typeof screenPageContract>);
}

/** A page that the browser asks for again each time. */
export function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html);
}

/**
 * Tells a screen where visitors find the site: it makes codes for their telephones, and may itself be open under a name that only the
 * hall knows.
 */
function withSite(html: string, publicUrl: string | null): string {
  if (publicUrl === null) return html;
  const { origin } = new URL(publicUrl);
  return html.replace('<head>', () => `<head><meta name="okno-site" content="${origin}">`);
}
