import type { FastifyInstance } from 'fastify';
import type { Asker } from '../../../core/access/asker.ts';
import { type Files, FILE_BYTES_MAX } from './files.ts';

interface Upload {
  Querystring: { name?: string };
  Body: Buffer;
}

export interface FileAccess {
  /** Throws when the asker may not see the file; logs it when he may. */
  mayGive(asker: Asker, fileId: string): Promise<void>;
}

/** Scans come in as they are, one a request, and go out to whoever works with them. */
export function fileRoutes(app: FastifyInstance, files: Files, { mayGive }: FileAccess): void {
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
    { config: { right: 'take-applications', placed: true } },
    async ({ params: { fileId }, asker }, reply) => {
      await mayGive(asker, fileId);
      const { row, bytes } = await files.give(fileId);
      return reply
        .type(row.contentType)
        .header('content-security-policy', "sandbox; default-src 'none'; style-src 'unsafe-inline'")
        .header('cache-control', 'no-store')
        .header('content-disposition', 'inline')
        .send(bytes);
    },
  );
}
