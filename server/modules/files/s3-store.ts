import { AwsClient } from 'aws4fetch';
import { createHash } from 'node:crypto';
import type { FileStore } from './file-store.ts';

const ANSWER_MS = 30_000;
const RETRIES = 3;
const NO_SUCH_KEY = /<Code>NoSuchKey<\/Code>/;

/**
 * A bucket of a store that speaks S3, named as `https://KEY:SECRET@host/bucket/folder?region=…` (signature version 4, path style: Amazon's
 * own stores, MinIO, Ceph and the clouds of Russia take it). What it holds is sealed before it gets there. Throws an Error that names the
 * store without its secret.
 */
export function s3Store(address: string): FileStore {
  const { origin, pathname, username, password, searchParams } = new URL(address);
  const client = new AwsClient({
    accessKeyId: decodeURIComponent(username),
    secretAccessKey: decodeURIComponent(password),
    service: 's3',
    region: searchParams.get('region') ?? 'us-east-1',
    retries: RETRIES,
  });
  const base = `${origin}${pathname.replace(/\/$/, '')}`;
  const ask = async (method: 'PUT' | 'GET' | 'DELETE', fileId: string, bytes?: Buffer): Promise<Response> => {
    const body = bytes === undefined ? {} : { body: new Uint8Array(bytes) };
    // The store compares the hash with what came, so that half a file is never taken for a whole one.
    const headers = {
      'x-amz-content-sha256': createHash('sha256')
        .update(bytes ?? '')
        .digest('hex'),
    };
    const url = `${base}/${fileId.slice(0, 2)}/${fileId.slice(2, 4)}/${fileId}`;
    return client
      .fetch(url, { method, headers, ...body, signal: AbortSignal.timeout(ANSWER_MS) })
      .catch((error: Error) => {
        throw new Error(`the file store at ${origin} does not answer: ${error.message}`, { cause: error });
      });
  };
  const failed = async (reply: Response): Promise<never> => {
    const code = /<Code>(\w+)<\/Code>/.exec(await reply.text())?.[1] ?? 'no reason given';
    throw new Error(`the file store at ${origin} answered ${reply.status}: ${code}`);
  };
  return {
    put: async (fileId, bytes) => {
      const reply = await ask('PUT', fileId, bytes);
      if (!reply.ok) await failed(reply);
      await reply.body?.cancel();
    },
    get: async (fileId) => {
      const reply = await ask('GET', fileId);
      if (reply.ok) return Buffer.from(await reply.arrayBuffer());
      const isMissing = reply.status === 404 && NO_SUCH_KEY.test(await reply.clone().text());
      return isMissing ? null : failed(reply);
    },
    remove: async (fileId) => {
      const reply = await ask('DELETE', fileId);
      if (!reply.ok && !NO_SUCH_KEY.test(await reply.clone().text())) await failed(reply);
      await reply.body?.cancel();
    },
  };
}
