/** What is expected, what to plan for it, what that would give, and what to do now. */
export { type ExpectedWaits, planningRoutes } from './routes.ts';
export type { PlanningSetting } from './setting.ts';
export { type ArrivalCount, keepArrivals, switchAdvice } from './store.ts';
export { putMark, putTerms } from './rosters/store.ts';
export { inThread } from './thread.ts';
