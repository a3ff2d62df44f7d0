/** The public site of the city: services, centres, booking, news; pages that are drawn here. */
export type { SiteCity } from './city.ts';
export { siteRoutes } from './routes.ts';
export { addNews, forgetVisitors, news } from './store.ts';
export { serviceSearchRoutes } from './service-search.ts';
