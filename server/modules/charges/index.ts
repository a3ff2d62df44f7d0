/** Charges: what a service costs by its passport, what came in, and what has to be given back. */
export { openCharges } from './module.ts';
