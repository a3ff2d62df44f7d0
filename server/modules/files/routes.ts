import { FILE_BYTES_MAX, fileContract } from '../../../contract/files.ts';
import { takeLargeBodies } from '../../platform/large-bodies.ts';
import { serve } from '../../platform/serve.ts';
import type { FileContext } from './context.ts';
import { giveFile, type WorksWithFile } from './give-file.ts';
import { nameOfUpload } from './name-of-upload.ts';
import type { FileRow } from './queries.ts';
import { takeFile } from './take-file.ts';

/** Scans come in as they are, one a request, and go out to the staff who work with them, with a mark. */
export function fileRoutes<Context extends FileContext>(context: Context, worksWithFile: WorksWithFile<Context>): void {
  void context.http.register(async (inner) => {
    takeLargeBodies(inner, '*', FILE_BYTES_MAX);
    serve(inner, fileContract, {
      'POST /api/files': async ({ query: { name }, file, headers }) =>
        told(await takeFile(context, nameOfUpload(headers, name), file)),

      'POST /api/centres/:centreId/arrived-scans': async ({ params, query, file, headers }) => {
        const { name, window, sentAs } = query;
        const arrival = { centreId: params.centreId, windowId: window ?? null, sentAs };
        return told(await takeFile(context, nameOfUpload(headers, name), file, arrival));
      },

      'GET /api/files/:fileId': async ({ params: { fileId }, asker }, reply) => {
        const { type, body } = await giveFile(context, asker, fileId, worksWithFile);
        return (
          reply
            .type(type)
            .header('content-security-policy', "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'")
            .header('cache-control', 'no-store')
            // What no browser draws goes to the program of the machine that does.
            .header('content-disposition', type === 'image/tiff' ? 'attachment; filename="scan.tiff"' : 'inline')
            .send(body)
        );
      },
    });
  });
}

function told({ fileId, state, contentType, bytes, pages }: FileRow) {
  return { fileId, state, contentType, bytes, pages };
}
