import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contract } from '../contract/index.ts';
import { openApi } from '../contract/openapi.ts';
import { root, version } from '../server/main.ts';

/** Writes docs/openapi.json, whose diff is reviewed with every change of the contract. */
writeFileSync(join(root, 'docs/openapi.json'), `${JSON.stringify(openApi(contract, version()), null, 1)}\n`);
