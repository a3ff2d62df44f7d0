import { plural } from './language/plural.ts';
import type { BookingState } from './booking/life.ts';
import { dayInWords } from './time/day-in-words.ts';

const states: Readonly<Record<BookingState, { readonly ru: string; readonly en: string }>> = {
  held: { ru: 'ещё не подтверждена', en: 'not confirmed yet' },
  booked: { ru: 'подтверждена', en: 'confirmed' },
  came: { ru: 'уже отмечена: вы в очереди', en: 'checked in already: you are in the queue' },
  served: { ru: 'уже завершена', en: 'over: the visitor was served' },
  missed: { ru: 'пропущена', en: 'missed' },
  cancelled: { ru: 'отменена', en: 'cancelled' },
  lapsed: { ru: 'не была подтверждена вовремя', en: 'lapsed: it was not confirmed in time' },
};

type ResourceTwice = {
  readonly kind: string;
  readonly unit: number;
  readonly name: { readonly ru: string; readonly en: string };
};

/** Problems of bookings: HTTP status and sentence in both languages. */
export const bookingProblems = {
  'time-taken': {
    status: 409,
    ru: (p: { next: readonly number[]; times: string }) =>
      p.times === ''
        ? 'Это время занято, и рядом свободного нет. Выберите другой день или центр.'
        : `Это время занято. Ближайшее свободное: ${p.times}.`,
    en: (p: { next: readonly number[]; times: string }) =>
      p.times === ''
        ? 'This time is taken and there is none near it. Choose another day or centre.'
        : `This time is taken. The nearest free ones: ${p.times}.`,
  },
  'time-past': {
    status: 422,
    ru: () => 'Это время уже прошло. Выберите другое.',
    en: () => 'That time has passed. Choose another.',
  },
  'time-too-far': {
    status: 422,
    ru: (p: { day: string }) => `Так далеко записи нет: последний день — ${dayInWords(p.day, 'ru')}.`,
    en: (p: { day: string }) => `Bookings do not go that far ahead: the last day is ${dayInWords(p.day, 'en')}.`,
  },
  'time-too-soon': {
    status: 422,
    ru: () => 'До этого времени осталось слишком мало. Возьмите талон в центре или выберите время позже.',
    en: () => 'That time is too soon. Take a ticket at the centre or choose a later time.',
  },
  'contact-limit': {
    status: 409,
    ru: (p: { most: number }) =>
      `На этот телефон или адрес уже есть записи: больше ${p.most} сразу нельзя. Отмените лишнюю.`,
    en: (p: { most: number }) =>
      `This telephone or e-mail already has bookings: no more than ${p.most} are allowed at a time. Cancel one of them.`,
  },
  'contact-busy': {
    status: 409,
    ru: () => 'На это же время у вас уже есть другая запись.',
    en: () => 'You have another booking at the same time.',
  },
  'contact-malformed': {
    status: 422,
    ru: () => 'Это не похоже ни на телефон, ни на адрес почты. Проверьте и напишите ещё раз.',
    en: () => 'This is neither a telephone number nor an e-mail address. Check it and enter it again.',
  },
  'contact-extension': {
    status: 422,
    ru: () => 'Номер с добавочным не подойдёт: на него нельзя отправить сообщение. Укажите мобильный или прямой номер.',
    en: () => 'A number with an extension cannot receive messages. Give a mobile or a direct number.',
  },
  'unknown-booking': {
    status: 404,
    ru: () => 'Такой записи нет. Проверьте код и телефон или почту.',
    en: () => 'There is no such booking. Check the code and the telephone or e-mail.',
  },
  'booking-state': {
    status: 409,
    ru: (p: { is: BookingState }) => `Так нельзя: запись ${states[p.is].ru}.`,
    en: (p: { is: BookingState }) => `That cannot be done: the booking is ${states[p.is].en}.`,
  },
  'booking-early': {
    status: 409,
    ru: (p: { time: string; from: string }) => `Вы записаны на ${p.time}. Отметиться можно с ${p.from}.`,
    en: (p: { time: string; from: string }) => `Your time is ${p.time}. You can check in from ${p.from}.`,
  },
  'booking-late': {
    status: 409,
    ru: (p: { time: string; minutes: number }) =>
      `Вы были записаны на ${p.time}; запись ждёт ${plural('ru', p.minutes, { one: 'минуту', few: 'минуты', other: 'минут' })}. Возьмите обычный талон или запишитесь снова.`,
    en: (p: { time: string; minutes: number }) =>
      `Your time was ${p.time}; a booking is kept for ${plural('en', p.minutes, { one: 'minute', other: 'minutes' })}. Take an ordinary ticket or book again.`,
  },
  'booking-elsewhere': {
    status: 409,
    ru: (p: { centre: { ru: string; en: string }; time: string }) =>
      `Эта запись в другом центре: ${p.centre.ru}, ${p.time}.`,
    en: (p: { centre: { ru: string; en: string }; time: string }) =>
      `This booking is at another centre: ${p.centre.en}, ${p.time}.`,
  },
  'channel-not-yours': {
    status: 403,
    ru: () => 'Через этот канал вы записывать не можете.',
    en: () => 'You cannot book through this channel.',
  },
  'partner-quota': {
    status: 429,
    ru: () => 'Квота партнёра на сутки исчерпана.',
    en: () => 'The partner’s quota for the last 24 hours is used up.',
  },
  'address-needed': {
    status: 422,
    ru: () => 'Напишите адрес: улицу, дом, квартиру. Мы приедем к вам.',
    en: () => 'Enter the address: street, house, flat. We will come to you.',
  },
  'at-home': {
    status: 409,
    ru: () => 'Это выезд на дом: приходить никуда не нужно.',
    en: () => 'This is a home visit: you do not need to come to a centre.',
  },
  'proof-needed': {
    status: 429,
    ru: (p: { challenge: string; bits: number }) =>
      `С вашего адреса удерживают слишком много мест для записи. Нажмите ещё раз: браузер решит задачу (${p.bits} бит). Или позвоните.`,
    en: (p: { challenge: string; bits: number }) =>
      `Too many times are held from your address. Press the button again: your browser will solve a small puzzle (${p.bits} bits). Or phone the centre.`,
  },
  'wrong-code': {
    status: 422,
    ru: () => 'Код неверный или устарел. Проверьте цифры или запросите новый.',
    en: () => 'The code is wrong or has expired. Check the digits or ask for a new one.',
  },
  'code-not-six-digits': {
    status: 422,
    ru: () => 'В коде шесть цифр. Проверьте, все ли вы ввели.',
    en: () => 'The code has six digits. Check that you typed all of them.',
  },
  'code-too-often': {
    status: 429,
    ru: () => 'Код сюда только что отправлен. Новый можно запросить через минуту, на другой адрес — сразу.',
    en: () => 'A code has just been sent here. You can ask for a new one in a minute, or use another address at once.',
  },
  'codes-too-many': {
    status: 429,
    ru: () => 'За последнюю минуту отправлено уже три кода. Следующий можно запросить через минуту, на любой адрес.',
    en: () => 'Three codes have been sent within a minute. You can ask for the next one in a minute, to any address.',
  },
  'contact-not-latin': {
    status: 422,
    ru: () =>
      'Наша почта не может отправить письмо на адрес с нелатинскими буквами перед «@». Укажите другой адрес или телефон.',
    en: () =>
      'Our mail cannot reach an address with other than Latin letters before the “@”. Give another address or a telephone.',
  },
  'no-way-to-send': {
    status: 503,
    ru: () => 'Сообщения сейчас отправить нельзя. Позвоните в центр: вас запишут.',
    en: () => 'Messages cannot be sent now. Phone the centre: they will book for you.',
  },
  'unknown-page': {
    status: 404,
    ru: () => 'Такой страницы нет. Начните с главной или воспользуйтесь поиском.',
    en: () => 'There is no such page. Start from the home page or use the search.',
  },
  'not-in-real': {
    status: 404,
    ru: () => 'Здесь сообщения отправляются по-настоящему и не показываются.',
    en: () => 'This installation really sends messages, so they are not shown here.',
  },
  'booking-hours-overlap': {
    status: 422,
    ru: (p: { day: string }) =>
      `Часы приёма по записи пересекаются: ${dayInWords(p.day, 'ru')}. Исправьте часы, чтобы они не пересекались.`,
    en: (p: { day: string }) =>
      `Hours for bookings overlap on ${dayInWords(p.day, 'en')}. Change them so that they do not.`,
  },
  'quota-above-capacity': {
    status: 422,
    ru: (p: { asked: number; most: number }) => `Нельзя выделить ${p.asked}: всего есть ${p.most}.`,
    en: (p: { asked: number; most: number }) => `You cannot set aside ${p.asked}: there are only ${p.most}.`,
  },
  'resource-twice': {
    status: 422,
    ru: (p: ResourceTwice) => `«${p.name.ru}» № ${p.unit}: указано дважды. Уберите одну строку или измените номер.`,
    en: (p: ResourceTwice) => `“${p.name.en}” ${p.unit} is listed twice. Remove one, or change its number.`,
  },
} as const;
