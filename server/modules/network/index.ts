/** The network of centres: which there are, when they are open, what their windows serve. */
export { type Directory, type DirectoryEntry, openDirectory } from './directory.ts';
export { type Fault, readCentreList } from './import/centre-list.ts';
export { importCentres, previewImport } from './import/import-centres.ts';
export { lettersInUse, offer, type OfferedGroup, type OfferedService, withdraw } from './offers/queries.ts';
export type { CentrePlaces } from './hierarchy/places.ts';
export { centresWithHours } from './hierarchy/queries.ts';
export {
  configurationOf,
  doorsOn,
  halfHourStarts,
  nextOpenDay,
  type PilotOffer,
  planDay,
  ruleFault,
  serviceFault,
  scheduledDoorsOn,
} from './day-plan.ts';
export type { NewCentre, Words } from './new-centre.ts';
export { importNetwork } from './new-centres.ts';
export { centreVersions, type ClosureReason, groups, isNetworkEmpty, services, setEarlyClosing } from './queries.ts';
export { centreMeans, type CentreMeans, type GivenService, givenServices, groupNames } from './means/queries.ts';
export { centreFile, putHistory } from './office/queries.ts';
export { centreDay, centreFacts } from './centre-facts.ts';
export { announceRules, type BookingsOnOffers, type NetworkContext } from './context.ts';
export { openNetwork, serveNetwork } from './module.ts';
