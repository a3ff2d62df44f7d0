#!/usr/bin/env node
// The door of the command: finds a Node that is new enough and the code (compiled in the package,
// TypeScript in the checkout), then hands over. Written for any Node since 14, so that it can say what is missing.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'cli/main.ts');
const main = existsSync(source) ? source : join(root, 'dist/cli/main.js');
const [major, minor] = process.versions.node.split('.').map(Number);

if (isVersionAsked(process.argv.slice(2))) {
  console.log(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version);
} else if (major > 22 || (major === 22 && minor >= 18)) {
  await import(pathToFileURL(main).href);
} else {
  const own = ownNode();
  if (own === undefined) {
    console.error(
      `Okno needs Node 22.18 or newer; this is ${process.versions.node}, and none came with the package for ${process.platform} ${process.arch}.`,
    );
    process.exit(1);
  }
  const child = spawn(own, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
}

/** Answered here: loading the program takes ten times as long as the answer. */
function isVersionAsked(args) {
  return args.length === 1 && ['version', '-v', '--version'].includes(args[0]);
}

/** The Node that is installed as a dependency, beside us or further up. */
function ownNode() {
  const name = `node-${process.platform}-${process.arch}`;
  for (let folder = root; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name, 'bin/node');
    if (existsSync(found)) return found;
    if (folder === dirname(folder)) return undefined;
  }
}
