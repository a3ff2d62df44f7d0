/** Who may do what: keys of devices and staff, their roles and their limits. */
export { guardRequests } from './guard.ts';
export { createKey } from './keys.ts';
export { revoke } from './store.ts';
