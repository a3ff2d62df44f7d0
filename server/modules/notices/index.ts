/** Messages to people: templates, ways to send them, retries, quiet hours, delivery. Every room sends through here. */
export { type Address, readAddress, takeAddress } from './address.ts';
export { keptWays } from './kept-way.ts';
export { type MailSetting, openMail } from './mail.ts';
export { announce, type Notice, openPost } from './post.ts';
export { openPush, pushKey, type PushPlace } from './push.ts';
export { openSms, type SmsSetting } from './sms.ts';
export { failedNotices, noteCodeSent, noteDelivery, noticesAbout, withdraw } from './store.ts';
export type { Ways } from './ways.ts';
