import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../server/main.ts';
import { buildScreens } from './build-screens.ts';

/** Makes everything that the package carries: compiled code, migrations and screens, under dist/. */
rmSync(join(root, 'dist'), { recursive: true, force: true });
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
cpSync(join(root, 'server/migrations'), join(root, 'dist/server/migrations'), { recursive: true });
await buildScreens((line) => console.log(line));
