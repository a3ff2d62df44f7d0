/** Print jobs of a centre's agent. */
export { openPrinting } from './module.ts';
