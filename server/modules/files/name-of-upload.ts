import type { IncomingHttpHeaders } from 'node:http';

const NAMED = /(?:^|;)\s*filename\*\s*=\s*UTF-8''([^;\s]+)/i;

/**
 * The name of a file, from the header of its body (`content-disposition: attachment; filename*=UTF-8''…`, RFC 8187): addresses are written
 * into the logs of machines on the way, and such a name often identifies a person. Older agents say it in the address.
 */
export function nameOfUpload(headers: IncomingHttpHeaders, inAddress: string | undefined): string {
  const [, coded] = NAMED.exec(headers['content-disposition'] ?? '') ?? [];
  if (coded === undefined) return inAddress ?? '';
  try {
    return decodeURIComponent(coded);
  } catch {
    return '';
  }
}
