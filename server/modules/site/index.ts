/** The public site of the city: services, centres, booking, news; pages that are drawn here. */
export { openSite } from './module.ts';
export { addNews } from './queries.ts';
