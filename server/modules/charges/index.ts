/** Charges: what a service costs by its passport, what came in, and what has to be given back. */
export { chargesBegun, chargesFollow, chargesMustAllow, shownCharges } from './charges.ts';
export { chargeRoutes } from './routes.ts';
export { simulatedTerminal } from './terminal.ts';
