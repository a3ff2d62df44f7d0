import chromiumPackage from '@sparticuz/chromium';
import { existsSync } from 'node:fs';
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
export async function launchBrowser(): Promise<Browser> {
  const named = process.env['OKNO_CHROMIUM'] ?? INSTALLED.find((path) => existsSync(path));
  if (named !== undefined) return chromium.launch({ executablePath: named, args: QUIET });
  return chromium.launch({ executablePath: await chromiumPackage.executablePath(), args: QUIET });
}
