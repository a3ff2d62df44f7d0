/** What a centre's agent has to print. */
export { printingRoutes } from './routes.ts';
export { sweepJobs } from './store.ts';
