/** Messages to people: templates, ways to send them, retries, quiet hours, delivery. Every module sends through here. */
export { type Address, readAddress, takeAddress } from './address.ts';
export { announce, type Notice } from './announce.ts';
export type { NoticesContext } from './context.ts';
export type { MailSetting } from './mail.ts';
export { openNotices } from './module.ts';
export { mustReach } from './must-reach.ts';
export { type PushPlace, shownPushKey } from './push.ts';
export { failedNotices, noteCodeSent, noticesAbout, withdraw } from './queries.ts';
export type { SmsSetting } from './sms.ts';
