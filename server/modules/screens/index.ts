/** What the screens of a centre show and ask. */
export { screenRoutes } from './routes.ts';
export { installedSpeaker, type Speech } from './speech.ts';
export { ownNorms, putSettings, settingsOf } from './store.ts';
export { USUAL_SCREENS } from './settings.ts';
