import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Chromium as installed on the machine, else the one from npm. */
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser without a window. It asks nobody outside this machine. */
export async function launchBrowser(...more: readonly string[]): Promise<Browser> {
  const named = process.env['OKNO_CHROMIUM'] ?? INSTALLED.find((path) => existsSync(path));
  if (named !== undefined) return chromium.launch({ executablePath: named, args: [...QUIET, ...more] });
  const folder = await unpackedBrowser();
  const env = { ...process.env, LD_LIBRARY_PATH: join(folder, 'al2023/lib') } as Record<string, string>;
  return chromium.launch({ executablePath: join(folder, 'chromium'), args: [...QUIET, ...more], env });
}

/**
 * Unpacks the browser from npm, once for each user, with the libraries that a bare machine lacks. The package
 * unpacks into the folder of temporary files, and the libraries only where it believes to run in its usual home.
 */
async function unpackedBrowser(): Promise<string> {
  const folder = join(tmpdir(), `okno-browser-${userInfo().uid}`);
  if (existsSync(folder)) return folder;
  const half = `${folder}.new`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  const before = { ...process.env };
  Object.assign(process.env, { TMPDIR: half, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' });
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    await packaged.executablePath();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
  await rename(half, folder);
  return folder;
}
