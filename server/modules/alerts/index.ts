/** Alerts: situations in a hall that call for a person. */
export { openAlerts } from './module.ts';
export { raise as raiseAlert, settle as settleAlert } from './queries.ts';
