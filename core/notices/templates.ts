/** The facts that a message may contain: neither who the visitor is nor what they come for. */
export interface NoticeWords {
  /** The local time, such as `20.02.2026 10:30`. */
  readonly time?: string;
  readonly centre?: { readonly ru: string; readonly en: string };
  readonly address?: string;
  /** The code of a booking, as it is read out. */
  readonly booking?: string;
  /** The number of a ticket, or of an application. */
  readonly number?: string;
  /** A day, such as `10.05.2026`. */
  readonly until?: string;
  /** Where the city's site is; none: messages name no address. */
  readonly site?: string;
}

interface Template {
  readonly subject: string;
  readonly text: (words: NoticeWords, secret: string) => string;
  readonly sms: (words: NoticeWords, secret: string) => string;
}

const at = (site: string | undefined, path: string, before: string) =>
  site === undefined ? '' : `\n\n${before} ${site}${path}`;

/** The centre, and where it is. */
const place = (centre = '', address = '') => [centre, address].filter((line) => line !== '').join('\n');

const ru: Record<string, Template> = {
  'booking-code': {
    subject: 'Код подтверждения записи',
    text: (_, code) =>
      `Код подтверждения: ${code}\n\nОн действует 10 минут. Если вы не записывались, ничего делать не нужно: время освободится само.`,
    sms: (_, code) => `Код записи: ${code}. Никому его не сообщайте.`,
  },
  'booking-confirmed': {
    subject: 'Вы записаны',
    text: ({ time, centre, address, booking, site }) =>
      `Вы записаны на ${time}.\n${place(centre?.ru, address)}\n\nКод записи: ${booking}. По нему вы отметитесь на киоске:\nза час до времени и не позже чем через 20 минут после.` +
      at(site, '/my-booking', 'Перенести или отменить:'),
    sms: ({ time, centre, booking }) => `Вы записаны: ${time}, ${centre?.ru ?? ''}. Код ${booking}`,
  },
  'booking-moved': {
    subject: 'Запись перенесена',
    text: ({ time, centre, booking, site }) =>
      `Ваша запись перенесена. Новое время: ${time}.\n${centre?.ru ?? ''}\n\nКод тот же: ${booking}.` +
      at(site, '/my-booking', 'Если время не подходит:'),
    sms: ({ time, centre, booking }) => `Запись перенесена: ${time}, ${centre?.ru ?? ''}. Код тот же: ${booking}`,
  },
  'booking-moved-by-centre': {
    subject: 'Мы перенесли вашу запись',
    text: ({ time, centre, booking, site }) =>
      `Центр не сможет принять вас в выбранное время. Мы перенесли запись: ${time}.\n${centre?.ru ?? ''}\n\nПросим прощения. Код тот же: ${booking}.` +
      at(site, '/my-booking', 'Если время не подходит, выберите другое:'),
    sms: ({ time, centre, booking }) =>
      `Центр перенёс вашу запись: ${time}, ${centre?.ru ?? ''}. Код тот же: ${booking}`,
  },
  'booking-doors-closed': {
    subject: 'Центр закрылся раньше времени',
    text: ({ time, centre, booking, site }) =>
      `Центр закрылся раньше времени и не сможет принять вас ${time}.\n${centre?.ru ?? ''}\n\n` +
      `Просим прощения. Запись ${booking} остаётся за вами: выберите другое время или другой центр.` +
      at(site, '/my-booking', 'Перенести запись:'),
    sms: ({ time, booking }) => `Центр закрыт раньше времени, приёма ${time} не будет. Перенесите запись ${booking}`,
  },
  'booking-doors-opened': {
    subject: 'Центр снова открыт',
    text: ({ time, centre, address, booking, site }) =>
      `Центр снова открыт. Ждём вас, как и договорились: ${time}.\n${place(centre?.ru, address)}\n\nКод записи: ${booking}.` +
      at(site, '/my-booking', 'Если время уже не подходит:'),
    sms: ({ time, booking }) => `Центр снова открыт, ждём вас ${time}. Код записи ${booking}`,
  },
  'booking-cancelled': {
    subject: 'Запись отменена',
    text: ({ time, booking, site }) =>
      `Запись ${booking} на ${time} отменена.` + at(site, '/services', 'Записаться снова:'),
    sms: ({ time, booking }) => `Запись ${booking} на ${time} отменена`,
  },
  'booking-reminder': {
    subject: 'Вы записаны на приём',
    text: ({ time, centre, address, booking, site }) =>
      `Напоминаем: вы записаны на ${time}.\n${place(centre?.ru, address)}\n\nКод записи: ${booking}.` +
      at(site, '/my-booking', 'Не можете прийти? Перенесите или отмените, чтобы время досталось другому:'),
    sms: ({ time, centre, booking }) => `Ждём вас ${time}, ${centre?.ru ?? ''}. Код ${booking}`,
  },
  'three-before-you': {
    subject: 'Перед вами трое',
    text: ({ number, centre }) => `Талон ${number}: перед вами трое. Вернитесь в зал.\n${centre?.ru ?? ''}`,
    sms: ({ number }) => `Талон ${number}: перед вами трое, вернитесь в зал`,
  },
  'application-ready': {
    subject: 'Документы готовы',
    text: ({ number, centre, address, until, site }) =>
      `Документы по заявлению ${number} готовы.\n${place(centre?.ru, address)}\n\nЗаберите их до ${until} включительно. Возьмите паспорт.` +
      at(site, '/application', 'Состояние заявления:'),
    sms: ({ number, until }) => `Документы готовы: заявление ${number}. Заберите до ${until}`,
  },
  'application-storage-ends': {
    subject: 'Заберите документы',
    text: ({ number, centre, address, until, site }) =>
      `Документы по заявлению ${number} ждут вас до ${until} включительно.\n${place(centre?.ru, address)}` +
      at(site, '/application', 'Состояние заявления:'),
    sms: ({ number, until }) => `Документы по заявлению ${number} ждут вас до ${until}`,
  },
  'application-to-fix': {
    subject: 'Нужно исправить или дополнить документы',
    text: ({ number, site }) =>
      `По заявлению ${number} нужно исправить или дополнить документы. Придите в любой центр с распиской и паспортом.` +
      at(site, '/application', 'Что именно нужно:'),
    sms: ({ number }) => `Заявление ${number}: нужно дополнить документы. Придите в любой центр`,
  },
  'co-signature': {
    subject: 'Вас просят подписать заявление',
    text: ({ site }, code) =>
      `В центре госуслуг ждёт вашей подписи заявление.\n\nКод: ${code}. Он действует 3 дня. Понадобится ваша дата рождения.\n` +
      `Если вы не знаете, о чём речь, ничего делать не нужно.` +
      at(site, '/co-sign', 'Прочитать и подписать:'),
    sms: ({ site }, code) =>
      `Вас просят подписать заявление. Код ${code}, 3 дня.${site === undefined ? '' : ` ${site}/co-sign`}`,
  },
  'application-over': {
    subject: 'Заявление закрыто',
    text: ({ number, site }) =>
      `Заявление ${number} закрыто без результата. Почему и что делать дальше, скажут в центре и на сайте.` +
      at(site, '/application', 'Подробнее:'),
    sms: ({ number }) => `Заявление ${number} закрыто без результата. Подробнее в центре и на сайте`,
  },
  'application-steps-cancelled': {
    subject: 'Часть шагов отменена',
    text: ({ number, centre, address, site }) =>
      `${number === undefined ? 'Одно из ваших заявлений закончилось' : `Заявление ${number} закончилось`} без нужного результата. ` +
      `Шаги, для которых он был нужен, отменены; остальные идут своим чередом.\n\n` +
      `Платить за отменённые шаги не нужно, а если вы уже заплатили, центр вернёт деньги. ` +
      `Когда причина будет устранена, приходите с паспортом, и мы начнём эти шаги снова:\n${place(centre?.ru, address)}` +
      at(site, '/application', 'Почему так вышло:'),
    sms: ({ number }) =>
      `${number === undefined ? 'Заявление закрыто' : `Заявление ${number} закрыто`} без нужного результата, шаги после него отменены. Что дальше, скажут в центре`,
  },
};

const en: Record<keyof typeof ru, Template> = {
  'booking-code': {
    subject: 'The code to confirm your booking',
    text: (_, code) =>
      `Your code: ${code}\n\nIt is good for 10 minutes. If you did not book, do nothing: the time comes free by itself.`,
    sms: (_, code) => `Booking code: ${code}. Tell it to nobody.`,
  },
  'booking-confirmed': {
    subject: 'You are booked',
    text: ({ time, centre, address, booking, site }) =>
      `Your time is ${time}.\n${place(centre?.en, address)}\n\nBooking code: ${booking}. With it you check in at a kiosk:\nfrom an hour before until 20 minutes after.` +
      at(site, '/my-booking?lang=en', 'To move or cancel it:'),
    sms: ({ time, centre, booking }) => `You are booked: ${time}, ${centre?.en ?? ''}. Code ${booking}`,
  },
  'booking-moved': {
    subject: 'Your booking was moved',
    text: ({ time, centre, booking, site }) =>
      `Your booking was moved. The new time: ${time}.\n${centre?.en ?? ''}\n\nThe code is the same: ${booking}.` +
      at(site, '/my-booking?lang=en', 'If it does not suit you:'),
    sms: ({ time, centre, booking }) => `Booking moved: ${time}, ${centre?.en ?? ''}. Same code: ${booking}`,
  },
  'booking-moved-by-centre': {
    subject: 'We have moved your booking',
    text: ({ time, centre, booking, site }) =>
      `The centre cannot receive you at the time you chose. We have moved your booking: ${time}.\n${centre?.en ?? ''}\n\nWe are sorry. The code is the same: ${booking}.` +
      at(site, '/my-booking?lang=en', 'If it does not suit you, choose another time:'),
    sms: ({ time, centre, booking }) =>
      `The centre moved your booking: ${time}, ${centre?.en ?? ''}. Same code: ${booking}`,
  },
  'booking-doors-closed': {
    subject: 'The centre has closed early',
    text: ({ time, centre, booking, site }) =>
      `The centre has closed early and cannot see you at ${time}.\n${centre?.en ?? ''}\n\nWe are sorry. Booking ${booking} is still yours: choose another time or another centre.` +
      at(site, '/my-booking?lang=en', 'To move it:'),
    sms: ({ time, booking }) => `The centre has closed early and cannot see you at ${time}. Move booking ${booking}`,
  },
  'booking-doors-opened': {
    subject: 'The centre is open again',
    text: ({ time, centre, address, booking, site }) =>
      `The centre is open again. Your time has not changed: ${time}.\n${place(centre?.en, address)}\n\nBooking code: ${booking}.` +
      at(site, '/my-booking?lang=en', 'If it no longer suits you:'),
    sms: ({ time, booking }) => `The centre is open again: see you at ${time}. Booking code ${booking}`,
  },
  'booking-cancelled': {
    subject: 'Your booking was cancelled',
    text: ({ time, booking, site }) =>
      `The booking ${booking} for ${time} was cancelled.` + at(site, '/services?lang=en', 'To book again:'),
    sms: ({ time, booking }) => `Booking ${booking} for ${time} was cancelled`,
  },
  'booking-reminder': {
    subject: 'You have an appointment',
    text: ({ time, centre, address, booking, site }) =>
      `A reminder: your time is ${time}.\n${place(centre?.en, address)}\n\nBooking code: ${booking}.` +
      at(site, '/my-booking?lang=en', 'Cannot come? Move or cancel it, so that someone else can have the time:'),
    sms: ({ time, centre, booking }) => `We expect you ${time}, ${centre?.en ?? ''}. Code ${booking}`,
  },
  'three-before-you': {
    subject: 'Three before you',
    text: ({ number, centre }) => `Ticket ${number}: three are before you. Come back to the hall.\n${centre?.en ?? ''}`,
    sms: ({ number }) => `Ticket ${number}: three before you, come back to the hall`,
  },
  'application-ready': {
    subject: 'Your papers are ready',
    text: ({ number, centre, address, until, site }) =>
      `The papers of the application ${number} are ready.\n${place(centre?.en, address)}\n\nCollect them by ${until}. Bring your passport.` +
      at(site, '/application?lang=en', 'What becomes of it:'),
    sms: ({ number, until }) => `Papers ready: application ${number}. Collect by ${until}`,
  },
  'application-storage-ends': {
    subject: 'Collect your papers',
    text: ({ number, centre, address, until, site }) =>
      `The papers of the application ${number} wait for you until ${until}.\n${place(centre?.en, address)}` +
      at(site, '/application?lang=en', 'What becomes of it:'),
    sms: ({ number, until }) => `Papers of application ${number} wait until ${until}`,
  },
  'application-to-fix': {
    subject: 'Something has to be corrected or added',
    text: ({ number, site }) =>
      `Papers of the application ${number} have to be corrected or added. Come to any centre with the receipt and your passport.` +
      at(site, '/application?lang=en', 'What exactly:'),
    sms: ({ number }) => `Application ${number}: papers have to be added. Come to any centre`,
  },
  'co-signature': {
    subject: 'You are asked to sign an application',
    text: ({ site }, code) =>
      `An application at a service centre waits for your signature.\n\nCode: ${code}. It is good for 3 days. You need your date of birth.\n` +
      `If you do not know what this is about, do nothing.` +
      at(site, '/co-sign?lang=en', 'Read it and sign:'),
    sms: ({ site }, code) =>
      `You are asked to sign an application. Code ${code}, 3 days.${site === undefined ? '' : ` ${site}/co-sign`}`,
  },
  'application-over': {
    subject: 'The application is closed',
    text: ({ number, site }) =>
      `The application ${number} is closed without a result. The centre and the site tell why, and what to do.` +
      at(site, '/application?lang=en', 'More:'),
    sms: ({ number }) => `Application ${number} is closed without a result. Ask the centre`,
  },
  'application-steps-cancelled': {
    subject: 'Some of your steps were cancelled',
    text: ({ number, centre, address, site }) =>
      `${number === undefined ? 'One of your applications' : `The application ${number}`} ended without the result that other steps needed. ` +
      `Those steps were cancelled; the rest go on.\n\n` +
      `There is nothing to pay for them, and what you have paid is given back. ` +
      `Once the reason is dealt with, come with your passport and we will begin them again:\n${place(centre?.en, address)}` +
      at(site, '/application?lang=en', 'Why it ended:'),
    sms: ({ number }) =>
      `${number === undefined ? 'An application' : `Application ${number}`} ended without its result, the steps after it were cancelled. Ask the centre`,
  },
};

/** Every message there is, in both languages. */
export const TEMPLATES = { ru, en } as const;

export const NOTICE_KINDS = [
  'booking-code',
  'booking-confirmed',
  'booking-moved',
  'booking-moved-by-centre',
  'booking-doors-closed',
  'booking-doors-opened',
  'booking-cancelled',
  'booking-reminder',
  'three-before-you',
  'application-ready',
  'application-storage-ends',
  'application-to-fix',
  'co-signature',
  'application-over',
  'application-steps-cancelled',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** How a person is reached. */
export const WAY_NAMES = ['email', 'sms', 'push'] as const;
export type WayName = (typeof WAY_NAMES)[number];

/** A message as it is sent. */
export interface NoticeText {
  readonly subject: string;
  readonly text: string;
}

/** Writes a message; an SMS has no subject, and a browser shows the subject over the words of an SMS. `secret`: the code that it carries, else empty. */
export function writeNotice(
  kind: NoticeKind,
  way: WayName,
  language: 'ru' | 'en',
  words: NoticeWords,
  secret: string,
): NoticeText {
  const template = TEMPLATES[language][kind] as Template;
  if (way === 'email') return { subject: template.subject, text: template.text(words, secret) };
  return { subject: way === 'sms' ? '' : template.subject, text: template.sms(words, secret) };
}
