/** Alerts: situations in a hall that call for a person. */
export { alertRoutes } from './routes.ts';
export { watchNorms } from './norm-watch.ts';
export { keepAlerts, raise as raiseAlert, settle as settleAlert } from './store.ts';
