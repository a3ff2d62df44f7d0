import { CallProblem } from './client.ts';
import { deviceHeaders } from './device.ts';

const TOO_LARGE = {
  ru: 'Файл больше 20 МБ. Отсканируйте с меньшим разрешением.',
  en: 'The file is over 20 MB. Scan it at a lower resolution.',
} as const;
const NOT_SENT = {
  ru: 'Файл не отправлен: нет связи с сервером. Попробуйте ещё раз.',
  en: 'The file was not sent: the server cannot be reached. Try again.',
} as const;

/** A file that the server has taken in. */
export interface Uploaded {
  readonly fileId: string;
  readonly name: string;
  readonly state: 'waiting' | 'clean' | 'infected';
}

/** The server takes no larger file; it is said before twenty megabytes have gone over the line. */
const FILE_BYTES_MAX = 20 * 1_024 * 1_024;

/** Sends a file as it is. Throws CallProblem with a sentence. */
export async function upload(file: File): Promise<Uploaded> {
  const language = document.documentElement.lang === 'en' ? 'en' : 'ru';
  if (file.size > FILE_BYTES_MAX) throw new CallProblem('file-too-large', TOO_LARGE[language]);
  const headers = {
    'accept-language': document.documentElement.lang,
    'content-type': 'application/octet-stream',
    // In an address it would stand in the logs of machines on the way (RFC 8187).
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    ...(await deviceHeaders('POST', '/api/files')),
  };
  const reply = await fetch('/api/files', { method: 'POST', headers, body: file }).catch(() => {
    throw new CallProblem('offline', NOT_SENT[language]);
  });
  const said = (await reply.json()) as { fileId: string; state: Uploaded['state']; code?: string; detail?: string };
  if (!reply.ok) throw new CallProblem(said.code ?? 'internal', said.detail ?? '');
  return { fileId: said.fileId, name: file.name, state: said.state };
}
