import type { FastifyInstance } from 'fastify';
import { FILE_BYTES_MAX, fileContract } from '../../../contract/files.ts';
import type { Asker } from '../../../core/access/asker.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { takeLargeBodies } from '../../platform/large-bodies.ts';
import { serve } from '../../platform/serve.ts';
import type { Files } from './files.ts';
import { markedPicture, wordsOfMark } from './marked.ts';
import { examiner } from './examiner/examiner.ts';
import { refuse } from '../../../core/problems.ts';
import { sentName } from './sent-name.ts';
import type { FileRow } from './queries.ts';

export interface FileAccess {
  now(): Instant;
  /** Throws when the caller may not see the file; logs it when they may. */
  mayGive(asker: Asker, fileId: string): Promise<void>;
  /** Notes that a file could not bear a mark, and was given without. */
  gaveUnmarked(asker: Asker, fileId: string): Promise<void>;
}

/** Scans come in as they are, one a request, and go out to the staff who work with them, with a mark. */
export function fileRoutes(app: FastifyInstance, files: Files, { mayGive, gaveUnmarked, now }: FileAccess): void {
  void app.register(async (inner) => {
    takeLargeBodies(inner, '*', FILE_BYTES_MAX);
    serve(inner, fileContract, {
      'POST /api/files': async ({ query: { name }, file, headers }) =>
        told(await files.take(sentName(headers, name), file)),

      'POST /api/centres/:centreId/arrived-scans': async ({
        params,
        query: { name, window, sentAs },
        file,
        headers,
      }) => {
        const arrival = { centreId: params.centreId, windowId: window ?? null, sentAs };
        return told(await files.take(sentName(headers, name), file, arrival));
      },

      'GET /api/files/:fileId': async ({ params: { fileId }, asker }, reply) => {
        await mayGive(asker, fileId);
        const { row, bytes } = await files.give(fileId);
        const shown = await marked(row.contentType, bytes, wordsOfMark(asker, now()));
        if (!shown.isMarked) await gaveUnmarked(asker, fileId);
        return (
          reply
            .type(shown.type)
            .header('content-security-policy', "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'")
            .header('cache-control', 'no-store')
            // What no browser draws goes to the program of the machine that does.
            .header(
              'content-disposition',
              row.contentType === 'image/tiff' ? 'attachment; filename="scan.tiff"' : 'inline',
            )
            .send(shown.body)
        );
      },
    });
  });
}

interface Shown {
  readonly type: string;
  readonly body: Buffer | string;
  readonly isMarked: boolean;
}

async function marked(type: string, bytes: Buffer, words: string): Promise<Shown> {
  if (type === 'image/tiff') return { type, body: bytes, isMarked: false };
  if (type.startsWith('image/'))
    return { type: 'image/svg+xml', body: markedPicture(bytes, type, words), isMarked: true };
  const drawn = await examiner.mark(bytes, words);
  if (drawn === 'too-heavy') return refuse('file-too-heavy', {});
  return { type, body: drawn ?? bytes, isMarked: drawn !== null };
}

function told({ fileId, state, contentType, bytes, pages }: FileRow) {
  return { fileId, state, contentType, bytes, pages };
}
