import { networkContract } from './network.ts';
import { platformContract } from './platform.ts';
import { proofContract } from './proof.ts';
import { queueContract } from './queue.ts';

/** Every route of Okno. */
export const contract = { ...platformContract, ...networkContract, ...queueContract, ...proofContract };
