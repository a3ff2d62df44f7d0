/** The network of centres: which there are, when they are open, what their windows serve. */
export { type Directory, openDirectory } from './directory.ts';
export { configurationOf, nextOpenDay, planDay } from './day-plan.ts';
export { importNetwork, type NewCentre, type Words } from './import-network.ts';
export { isNetworkEmpty } from './store.ts';
export { networkRoutes } from './routes.ts';
