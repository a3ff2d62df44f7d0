import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { refuse } from '../../core/problems.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Fulfilled when the answer is out, or nobody waits for it any more. */
    over: Promise<void> | null;
  }
}

/** A body that is larger waits on the disk until it is there as a whole and its turn comes. */
const IN_MEMORY_BYTES_MAX = 256 * 1024;
/** Large bodies that are worked on at a time. */
const AT_A_TIME = 2;

/**
 * Takes bodies as bytes, of these types, each of up to `bytesMax`: as a Buffer that is whole. However many are on their way, they lie on the
 * disk (sealed with a key that nobody keeps), and only a few are in memory.
 */
export function takeLargeBodies(app: FastifyInstance, types: string | string[], bytesMax: number): void {
  const turns = openTurns(AT_A_TIME);
  app.removeAllContentTypeParsers();
  app.decorateRequest('over', null);
  app.addHook('onRequest', async (request, reply) => {
    request.over = new Promise((resolve) => void reply.raw.once('close', () => resolve()));
  });
  app.addContentTypeParser(
    types,
    { bodyLimit: bytesMax },
    async (request: FastifyRequest, payload: NodeJS.ReadableStream) => {
      const declared = Number(request.headers['content-length'] ?? Infinity);
      if (Number.isFinite(declared) && declared > bytesMax) throw tooLarge();
      if (declared <= IN_MEMORY_BYTES_MAX) return wholeOf(payload, declared);
      const body = await spooled(payload, bytesMax);
      try {
        await turns.take(request.over ?? Promise.resolve());
        return await body.read();
      } finally {
        await body.remove();
      }
    },
  );
}

async function wholeOf(payload: NodeJS.ReadableStream, bytesMax: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  await pipeline(payload, atMost(bytesMax), async (source: AsyncIterable<Buffer>) => {
    for await (const part of source) parts.push(part);
  }).catch(told);
  return Buffer.concat(parts);
}

/** The body in a file of its own, of which the key is here only. */
async function spooled(payload: NodeJS.ReadableStream, bytesMax: number) {
  const file = join(tmpdir(), `okno-body-${randomUUID()}`);
  const [key, start] = [randomBytes(32), randomBytes(16)];
  const remove = () => rm(file, { force: true });
  const cipher = createCipheriv('aes-256-ctr', key, start);
  await pipeline(payload, atMost(bytesMax), cipher, createWriteStream(file, { flags: 'wx', mode: 0o600 })).catch(
    async (error: unknown) => {
      await remove();
      return told(error);
    },
  );
  return {
    read: async () => createDecipheriv('aes-256-ctr', key, start).update(await readFile(file)),
    remove,
  };
}

function atMost(bytesMax: number): Transform {
  let bytes = 0;
  return new Transform({
    transform: (part: Buffer, _encoding, done) => {
      bytes += part.length;
      if (bytes > bytesMax) done(tooLarge());
      else done(null, part);
    },
  });
}

function tooLarge(): Error {
  return Object.assign(new Error('the body is too large'), { statusCode: 413 });
}

/** A full disk is told as what passes; a body that broke off has nobody any more who could be told. */
function told(error: unknown): never {
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  if (statusCode !== undefined) throw error;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EMFILE') refuse('busy', {});
  throw Object.assign(new Error('the body broke off'), { statusCode: 400, cause: error });
}

/** A turn is held until what it is held for is over. */
function openTurns(most: number): { take(over: Promise<void>): Promise<void> } {
  let free = most;
  const waiting: (() => void)[] = [];
  const giveBack = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    take: async (over) => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => void waiting.push(resolve));
      void over.then(giveBack);
    },
  };
}
