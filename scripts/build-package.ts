import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createRequire } from 'node:module';
import { FACE_FILES } from '../server/modules/lettering/index.ts';
import { root } from '../server/main.ts';
import { buildScreens } from './build-screens.ts';

/** Makes everything that the package carries: compiled code, migrations and screens, under dist/. */
rmSync(join(root, 'dist'), { recursive: true, force: true });
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
});
cpSync(join(root, 'server/migrations'), join(root, 'dist/server/migrations'), { recursive: true });
// Of each package of faces a few files are needed; all of them would be two hundred megabytes.
const require = createRequire(import.meta.url);
for (const file of new Set([...FACE_FILES.regular, ...FACE_FILES.bold]))
  cpSync(require.resolve(file), join(root, 'dist/server/modules/lettering/faces', basename(file)));
cpSync(join(root, 'cli/samples'), join(root, 'dist/cli/samples'), { recursive: true });
await buildScreens((line) => console.log(line));
