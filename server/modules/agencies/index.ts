/** Agencies: messages to them until they are answered for, what they say, and mock ones for tests and training. */
export { openAgencies } from './module.ts';
