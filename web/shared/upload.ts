import { CallProblem } from './client.ts';
import { deviceHeaders } from './device.ts';

/** A file that the server has taken in. */
export interface Uploaded {
  readonly fileId: string;
  readonly name: string;
  readonly state: 'waiting' | 'clean' | 'infected';
}

/** Sends a file as it is. Throws CallProblem with a sentence. */
export async function upload(file: File): Promise<Uploaded> {
  const headers = {
    'accept-language': document.documentElement.lang,
    'content-type': 'application/octet-stream',
    // In an address it would stand in the logs of machines on the way (RFC 8187).
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    ...(await deviceHeaders('POST', '/api/files')),
  };
  const reply = await fetch('/api/files', { method: 'POST', headers, body: file });
  const said = (await reply.json()) as { fileId: string; state: Uploaded['state']; code?: string; detail?: string };
  if (!reply.ok) throw new CallProblem(said.code ?? 'internal', said.detail ?? '');
  return { fileId: said.fileId, name: file.name, state: said.state };
}
