/** Partners: programs that book for their visitors, how much of it, and how they hear what became of it. */
export { addPartner, addWebhook } from './add-partner.ts';
export { openPartners } from './module.ts';
export { mustBePartner, partnerOfAsker } from './partner-of-asker.ts';
export { deadDeliveries, partnerByName, partners, revive } from './queries.ts';
export { signatureOf } from './send-deliveries.ts';
export { sealOpenSecrets } from './webhook-secret.ts';
