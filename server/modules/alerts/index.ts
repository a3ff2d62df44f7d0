/** What calls for a person in a hall. */
export { alertRoutes } from './routes.ts';
export { watchNorms } from './norm-watch.ts';
export { keepAlerts, raise as raiseAlert, settle as settleAlert } from './store.ts';
