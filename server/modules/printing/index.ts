/** Print jobs of a centre's agent. */
export { printingRoutes } from './routes.ts';
export { sweepJobs } from './store.ts';
