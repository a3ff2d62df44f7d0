import type { FastifyInstance } from 'fastify';
import type { Asker } from '../../../core/access/asker.ts';
import type { Instant } from '../../../core/time/instant.ts';
import { type Files, FILE_BYTES_MAX } from './files.ts';
import { markedPicture } from './marked.ts';

interface Upload {
  Querystring: { name?: string };
  Body: Buffer;
}

export interface FileAccess {
  now(): Instant;
  /** Throws when the asker may not see the file; logs it when he may. */
  mayGive(asker: Asker, fileId: string): Promise<void>;
}

/** Scans come in as they are, one a request, and go out to whoever works with them; pictures with a mark. */
export function fileRoutes(app: FastifyInstance, files: Files, { mayGive, now }: FileAccess): void {
  void app.register(async (inner) => {
    inner.removeAllContentTypeParsers();
    inner.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: FILE_BYTES_MAX }, (_request, body, done) =>
      done(null, body),
    );
    inner.post<Upload>(
      '/api/files',
      { bodyLimit: FILE_BYTES_MAX, config: { right: 'take-applications', placed: true } },
      async ({ query, body }) => {
        const { fileId, state, contentType, bytes } = await files.take(
          query.name ?? '',
          Buffer.isBuffer(body) ? body : Buffer.alloc(0),
        );
        return { fileId, state, contentType, bytes };
      },
    );
  });

  app.get<{ Params: { fileId: string } }>(
    '/api/files/:fileId',
    // Whoever may not see the file is refused by the file itself; agencies open the scans of what lies with them.
    { config: { right: 'look', placed: true } },
    async ({ params: { fileId }, asker }, reply) => {
      await mayGive(asker, fileId);
      const { row, bytes } = await files.give(fileId);
      const isPicture = row.contentType.startsWith('image/');
      return reply
        .type(isPicture ? 'image/svg+xml' : row.contentType)
        .header('content-security-policy', "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'")
        .header('cache-control', 'no-store')
        .header('content-disposition', 'inline')
        .send(isPicture ? markedPicture(bytes, row.contentType, asker, now()) : bytes);
    },
  );
}
