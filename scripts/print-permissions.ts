import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { permissionTable } from '../contract/permissions.ts';
import { root } from '../server/main.ts';

writeFileSync(join(root, 'docs/permissions.md'), permissionTable());
