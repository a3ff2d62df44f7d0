/** Partners: programs that book for their visitors, how much of it, and how they hear what became of it. */
export { openDeliveries, signatureOf } from './deliveries.ts';
export { addPartner, addWebhook } from './partners.ts';
export { deadDeliveries, type Partner, partnerByName, partners, revive } from './store.ts';
export { sealOpenSecrets } from './webhook-secret.ts';
