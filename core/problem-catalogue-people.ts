import { RIGHTS, type Right, SEEDED_ROLES } from './access/roles.ts';
import type { Language } from './language/language.ts';

const rightNames = (rights: readonly Right[], language: Language) =>
  rights.map((right) => RIGHTS[right][language]).join('; ');
const THE_ROLE = { ru: { one: 'Роль', this: 'Эта роль' }, en: { one: 'The role', this: 'This role' } } as const;
/** The role by its name. A role that the city added has no name here: it is “this role”, the one that the person asked for. */
const theRole = (
  roleId: string,
  language: Language,
  words: { readonly one: string; readonly this: string } = THE_ROLE[language],
) => {
  const name = SEEDED_ROLES.find((one) => one.roleId === roleId)?.name[language];
  if (name === undefined) return words.this;
  return `${words.one} ${language === 'ru' ? `«${name}»` : `“${name}”`}`;
};
type Sentence<Params> = (params: Params) => string;
/** A wait in words: «2 мин», “40 s”. */
const minutesRu = (seconds: number) => (seconds < 60 ? `${seconds} с` : `${Math.ceil(seconds / 60)} мин`);
const minutesEn = (seconds: number) => (seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`);

/** Problems of accounts, roles and devices: HTTP status and sentence in both languages. */
export const peopleProblems = {
  'sign-in-needed': {
    status: 401,
    ru: () => 'Войдите в систему.',
    en: () => 'Sign in first.',
  },
  'wrong-password': {
    status: 401,
    ru: () => 'Имя для входа или пароль неверны. Проверьте раскладку клавиатуры и попробуйте снова.',
    en: () => 'The login or the password is wrong. Check the keyboard layout and try again.',
  },
  'sign-in-throttled': {
    status: 429,
    ru: (p: { seconds: number }) =>
      `Слишком много неверных попыток с этим именем для входа. Подождите ${minutesRu(p.seconds)} и попробуйте снова. ` +
      'Если у вас есть приложение-аутентификатор или запасные коды, введите пароль вместе с кодом: ждать не придётся.',
    en: (p: { seconds: number }) =>
      `Too many wrong attempts with this login. Wait ${minutesEn(p.seconds)} and try again. ` +
      'If you have an authenticator app or recovery codes, enter the password together with a code: then you do not need to wait.',
  },
  'sign-in-cancelled': {
    status: 403,
    ru: () => 'Вход через сервер города отменён. Начните его снова или войдите паролем.',
    en: () => 'Sign-in at the city’s server was cancelled. Start again, or sign in with a password.',
  },
  'sign-in-over': {
    status: 403,
    ru: () => 'Эта попытка входа уже завершена или устарела. Начните вход снова.',
    en: () => 'This sign-in attempt is over or has expired. Start again.',
  },
  'site-address-unknown': {
    status: 503,
    ru: () => 'Вход через сервер города ещё не настроен: администратору нужно указать public_url. Войдите паролем.',
    en: () =>
      'Sign-in at the city’s server is not set up yet: the administrator must set public_url. Sign in with a password.',
  },
  'visitor-login-cancelled': {
    status: 403,
    ru: () => 'Вы отменили вход. Записаться и найти свою запись можно и без него.',
    en: () => 'You cancelled the sign-in. You can book a time and find your booking without it.',
  },
  'visitor-login-over': {
    status: 403,
    ru: () => 'Эта попытка входа уже завершена или устарела. Войдите ещё раз.',
    en: () => 'This sign-in attempt is over or has expired. Sign in again.',
  },
  'visitor-login-refused': {
    status: 403,
    ru: () => 'Не удалось подтвердить, что это вы. Войдите ещё раз. Записаться и найти свою запись можно и без входа.',
    en: () =>
      'We could not confirm your identity. Sign in again. You can book a time and find your booking without signing in.',
  },
  'visitor-login-away': {
    status: 503,
    ru: () => 'Вход сейчас не работает, попробуйте позже. Записаться и найти свою запись можно и без входа.',
    en: () =>
      'Sign-in does not work at the moment; try again later. You can book a time and find your booking without it.',
  },
  'sign-in-server-away': {
    status: 503,
    ru: () => 'Сервер входа города не отвечает. Войдите паролем или попробуйте позже.',
    en: () => 'The city’s sign-in server does not answer. Sign in with a password, or try again later.',
  },
  'sign-in-refused': {
    status: 403,
    ru: () => 'Сервер входа города вас не подтвердил, или для вас здесь нет учётной записи. Обратитесь к руководителю.',
    en: () => 'The city’s sign-in server did not confirm you, or you have no account here. Ask your manager.',
  },
  'weak-password': {
    status: 422,
    ru: () => 'Такой пароль легко подобрать. Возьмите четыре случайных слова или не менее двенадцати разных знаков.',
    en: () => 'This password is easy to guess. Use four random words, or at least twelve different characters.',
  },
  'wrong-sign-in-code': {
    status: 401,
    ru: () =>
      'Код неверен, уже использован или его время вышло. Введите следующий код из приложения, запасной код или попросите новый у руководителя.',
    en: () =>
      'The code is wrong, already used or expired. Enter the next code from the app or a recovery code, or ask your manager for a new one.',
  },
  'second-factor-needed': {
    status: 401,
    ru: () => 'Нужен второй фактор: введите шесть цифр из приложения-аутентификатора.',
    en: () => 'A second factor is needed: enter the six digits from your authenticator app.',
  },
  'foreign-origin': {
    status: 403,
    ru: () => 'Запрос пришёл со страницы другого сайта и не выполнен. Откройте Окно по его собственному адресу.',
    en: () => 'The request came from another site’s page and was not carried out. Open Okno at its own address.',
  },
  'not-yourself': {
    status: 403,
    ru: () => 'Окно открывает только тот, кто за ним сидит, под своим именем. Войдите под своей учётной записью.',
    en: () => 'A window can be opened only by the specialist who sits at it, under their own name. Sign in yourself.',
  },
  'unknown-account': {
    status: 404,
    ru: () => 'Такой учётной записи нет. Выберите её из списка.',
    en: () => 'There is no such account. Choose one from the list.',
  },
  'login-taken': {
    status: 409,
    ru: (p: { login: string }) => `Имя для входа «${p.login}» занято. Выберите другое.`,
    en: (p: { login: string }) => `The login “${p.login}” is taken. Choose another one.`,
  },
  'unknown-scope': {
    status: 422,
    ru: (() => 'Такого места в сети нет. Выберите округ или центр из списка.') as Sentence<{ scope: string }>,
    en: (() => 'The network has no such place. Choose a district or centre from the list.') as Sentence<{
      scope: string;
    }>,
  },
  'right-elsewhere': {
    status: 403,
    ru: () => 'Ваше право действует в другом месте. Попросите того, кто отвечает за это место.',
    en: () => 'Your right applies at another place. Ask the person in charge of this place.',
  },
  'person-needed': {
    status: 403,
    ru: () => 'Это решает человек, который вошёл под своей учётной записью, а не программа и не устройство.',
    en: () => 'Only a signed-in person can decide this, not a program or a device.',
  },
  'own-rights': {
    status: 403,
    ru: () => 'Изменить собственные права и учётную запись нельзя. Попросите коллегу с этим правом.',
    en: () => 'You cannot change your own rights or account. Ask a colleague who has this right.',
  },
  'grant-too-much': {
    status: 403,
    ru: (p: { roleId: string }) =>
      `${theRole(p.roleId, 'ru')} даёт больше, чем есть у вас в этом месте. Попросите администратора.`,
    en: (p: { roleId: string }) =>
      `${theRole(p.roleId, 'en')} gives more than you have at this place. Ask an administrator.`,
  },
  'role-held': {
    status: 409,
    ru: () => 'Эта роль в этом месте уже назначена.',
    en: () => 'The account already has this role at this place.',
  },
  'unknown-role': {
    status: 422,
    ru: (() => 'Такой роли нет. Список — на странице ролей.') as Sentence<{ roleId: string }>,
    en: (() => 'There is no such role. The list is on the roles page.') as Sentence<{ roleId: string }>,
  },
  'role-loop': {
    status: 422,
    ru: (p: { roleId: string }) =>
      `${theRole(p.roleId, 'ru')} включала бы саму себя. Уберите одну из включённых ролей.`,
    en: (p: { roleId: string }) => `${theRole(p.roleId, 'en')} would include itself. Remove one of the included roles.`,
  },
  'role-keeps-rights': {
    status: 422,
    ru: (p: { where: string; roleId: string; rights: readonly Right[] }) =>
      `${theRole(p.roleId, 'ru')} не может остаться без этого: ${rightNames(p.rights, 'ru')}. Верните и сохраните снова.`,
    en: (p: { where: string; roleId: string; rights: readonly Right[] }) =>
      `${theRole(p.roleId, 'en')} cannot do without this: ${rightNames(p.rights, 'en')}. Put it back and save again.`,
  },
  'role-keeps-protection': {
    status: 422,
    ru: (p: { where: string; roleId: string }) =>
      `${theRole(p.roleId, 'ru', { one: 'Роли', this: 'Этой роли' })} нужна прежняя защита: второй фактор, а если роль управляет установкой, ещё и согласие двух человек.`,
    en: (p: { where: string; roleId: string }) =>
      `${theRole(p.roleId, 'en')} needs its protection: a second factor and, if it runs the installation, the consent of two people.`,
  },
  'role-has-holders': {
    status: 409,
    ru: (p: { where: string; roleId: string }) =>
      `${theRole(p.roleId, 'ru')} уже назначена людям или программам: права управления установкой они получили бы ` +
      'без согласия второго человека. Создайте для этого отдельную роль.',
    en: (p: { where: string; roleId: string }) =>
      `${theRole(p.roleId, 'en')} is already held by people or programs: they would gain the right to run ` +
      'the installation without a second person’s consent. Make a separate role for it.',
  },
  'unknown-grant': {
    status: 404,
    ru: () => 'Такого назначения нет, оно отозвано или уже подтверждено.',
    en: () => 'There is no such grant, or it has already been revoked or confirmed.',
  },
  'same-person': {
    status: 403,
    ru: () => 'Подтвердить должен другой человек, а не тот, кто об этом попросил.',
    en: () => 'Another person must agree, not the one who asked for it.',
  },
  'no-reset-asked': {
    status: 404,
    ru: () =>
      'Никто не просил сбросить второй фактор этого сотрудника, или с тех пор прошли сутки. Запросите сброс снова.',
    en: () => 'Nobody has asked to drop this person’s second factor, or the request is more than a day old. Ask again.',
  },
  'last-administrator': {
    status: 409,
    ru: () => 'Это последний администратор системы. Сначала назначьте другого.',
    en: () => 'This is the last administrator. Appoint another one first.',
  },
  'wrong-pairing-code': {
    status: 422,
    ru: () => 'Устройства с таким кодом нет, или пять минут прошли. Сверьте код на экране устройства.',
    en: () => 'No device shows this code, or its five minutes are over. Check the code on the screen of the device.',
  },
  'device-known': {
    status: 409,
    ru: () => 'С этим ключом устройство уже подключали. Сбросьте подключение на нём и начните снова.',
    en: () => 'A device has already been paired with this key. Reset the pairing on the device and start again.',
  },
  'unknown-device': {
    status: 404,
    ru: () => 'Такого устройства нет, или оно отозвано. Подключите его заново.',
    en: () => 'There is no such device, or it was revoked. Pair it again.',
  },
  'device-proof': {
    status: 401,
    ru: () => 'Подпись устройства не подошла. Если это повторяется, подключите его заново.',
    en: () => 'The signature of the device is not valid. If this happens again, pair the device again.',
  },
  'faulty-lines': {
    status: 422,
    ru: (p: { faults: string }) => `Ничего не записано. Исправьте строки и загрузите файл снова. ${p.faults}.`,
    en: (p: { faults: string }) => `Nothing was saved. Correct the lines and upload the file again. ${p.faults}.`,
  },
} as const;
