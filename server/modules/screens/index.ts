/** Settings of the screens of a centre. */
export { openScreens } from './module.ts';
export { installedSpeaker, type Speech } from './speech.ts';
export { newStaffCode } from './staff-code.ts';
export { ownNorms, putSettings, putStaffCode } from './queries.ts';
export { USUAL_SCREENS } from './settings.ts';
