import type { FastifyInstance } from 'fastify';
import { MEDIUM_BYTES_MAX, type MEDIA_TYPES, mediaContract } from '../../../contract/media.ts';
import { byteRange } from '../../../core/byte-range.ts';
import { refuse } from '../../../core/problems.ts';
import { audit } from '../../platform/audit.ts';
import { brokeConstraint, type Db } from '../../platform/handles.ts';
import { takeLargeBodies } from '../../platform/large-bodies.ts';
import { serve } from '../../platform/serve.ts';
import { addMedium, mediaOf, mediumBody } from './queries.ts';

/** The number of pictures, films and pages that a centre keeps. */
const MEDIA_MAX = 30;

/** What a file of each kind begins with: a name or a header proves nothing. */
const KINDS: Readonly<Partial<Record<string, (body: Buffer) => boolean>>> &
  Record<(typeof MEDIA_TYPES)[number], (body: Buffer) => boolean> = {
  'image/png': (body) => body.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')),
  'image/jpeg': (body) => body.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')),
  'image/webp': (body) => body.toString('latin1', 0, 4) === 'RIFF' && body.toString('latin1', 8, 12) === 'WEBP',
  'image/svg+xml': (body) =>
    /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!doctype svg[^>]*>\s*)?<svg[\s>]/i.test(textOf(body)),
  'video/mp4': (body) => body.toString('latin1', 4, 8) === 'ftyp',
  'video/webm': (body) => body.subarray(0, 4).equals(Buffer.from('1a45dfa3', 'hex')),
  'text/html': (body) => /^\s*<(!doctype html|html)[\s>]/i.test(textOf(body)),
};

function textOf(body: Buffer): string {
  return body.toString('utf8', 0, 2_000).replace(/^\uFEFF/, '');
}

/**
 * What a medium may do when it is shown: nothing. No script, no request, no form, in a place of its own without the
 * cookies of this site, and only inside our own pages.
 */
const SANDBOX =
  "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; media-src data:; frame-ancestors 'self'";

/** Taking in and giving out what boards show between calls. */
export function mediaRoutes(app: FastifyInstance, db: Db): void {
  void app.register(async (inner) => {
    takeLargeBodies(inner, Object.keys(KINDS), MEDIUM_BYTES_MAX);
    serve(inner, mediaContract, {
      'POST /api/centres/:centreId/media': async ({ params: { centreId }, query, file: body, headers, asker }) => {
        const { name: asked = '', seconds = 10 } = query;
        const type = (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
        const name = asked.trim() || type;
        if (KINDS[type]?.(body) !== true) return refuse('medium-faulty', { type });
        if ((await db.read((tx) => mediaOf(tx, centreId))).length >= MEDIA_MAX)
          return refuse('media-full', { most: MEDIA_MAX });
        const mediumId = await db
          .write(async (tx) => {
            const added = await addMedium(tx, centreId, { name, type, seconds }, body);
            const details = { mediumId: added, type, bytes: body.length };
            await audit(tx, asker, { action: 'medium-added', object: `centre ${centreId}`, details });
            return added;
          })
          .catch((error: unknown) => {
            if (brokeConstraint(error, 'board_medium_centre_id_fkey')) refuse('unknown-centre', { centreId });
            throw error;
          });
        return { mediumId };
      },

      'GET /media/:mediumId': async (request, reply) => {
        const found = (await db.read((tx) => mediumBody(tx, request.params.mediumId))) ?? refuse('unknown-medium', {});
        const size = found.body.length;
        const range = byteRange(request.headers.range, size);
        if (range === 'unsatisfiable')
          return reply.status(416).header('content-range', `bytes */${size}`).header('accept-ranges', 'bytes').send();
        void reply
          .type(found.type.startsWith('text/') ? `${found.type}; charset=utf-8` : found.type)
          .header('content-security-policy', SANDBOX)
          .header('cross-origin-resource-policy', 'same-origin')
          .header('accept-ranges', 'bytes')
          .header('cache-control', 'public, max-age=31536000, immutable');
        if (range === 'whole') return reply.send(found.body);
        const [from, to] = range;
        return reply
          .status(206)
          .header('content-range', `bytes ${from}-${to}/${size}`)
          .send(found.body.subarray(from, to + 1));
      },
    });
  });
}
