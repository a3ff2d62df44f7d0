import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

/** The JavaScript that a page loads before it shows anything, in kilobytes after gzip: its module and all that it imports. */
export function scriptKilobytes(pages: string, source: string): number {
  const manifest = JSON.parse(readFileSync(join(pages, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
  const files = new Set<string>();
  const add = (name: string) => {
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`the build knows no ${name}`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const one of chunk.imports ?? []) add(one);
  };
  add(source);
  const bytes = [...files].map((file) => gzipSync(readFileSync(join(pages, file)), { level: 9 }).length);
  return bytes.reduce((sum, size) => sum + size, 0) / 1_000;
}
