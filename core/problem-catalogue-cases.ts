import { type ApplicationState, type MoveName, STATE_WORDS } from './applications/life.ts';
import { MOVE_WORDS } from './applications/move-words.ts';
import { dayInDigits } from './time/day-in-digits.ts';
import { dayInWords } from './time/day-in-words.ts';

/** A sentence without the parameters, which are for programs. */
type Sentence<Params> = (params: Params) => string;
type Words = { readonly ru: string; readonly en: string };
type FaultyField = { readonly field: string; readonly label: Words; readonly fault: string };
type MissingDocument = { readonly kind: string; readonly name: Words };

type MoveRefused = { readonly state: ApplicationState; readonly allowed: readonly MoveName[] };

type UnpaidCharge = { readonly uin: string; readonly amount: number };

/** Kopecks as an amount in roubles. */
function roubles(kopecks: number): string {
  return (kopecks / 100).toFixed(2).replace('.', ',');
}

const CENTRE_KINDS = {
  district: { ru: 'районные центры', en: 'district centres' },
  flagship: { ru: 'флагманы', en: 'flagship centres' },
  mobile: { ru: 'мобильные офисы', en: 'mobile offices' },
  seasonal: { ru: 'дачные офисы', en: 'seasonal offices' },
} as const;
type CentreKind = keyof typeof CENTRE_KINDS;

function movesInWords(moves: readonly MoveName[], language: 'ru' | 'en'): string {
  return moves.map((move) => MOVE_WORDS[move][language].toLowerCase()).join(', ');
}

type OpenApplication = { readonly applicationId: string; readonly number: string | null; readonly since: string };

function faultsInWords(faults: readonly { readonly path: string; readonly named: string }[]): string {
  return faults.map(({ path, named }) => `${path}: ${named}`).join('; ');
}

/** Problems of terms, applications and their papers: HTTP status and sentence in both languages. */
export const caseProblems = {
  'calendar-missing': {
    status: 409,
    ru: (p: { year: number }) =>
      `Производственного календаря на ${p.year} год нет, поэтому срок не посчитан. Попросите методолога загрузить календарь.`,
    en: (p: { year: number }) =>
      `The production calendar of ${p.year} is not loaded, so the term could not be calculated. Ask a methodologist to load it.`,
  },
  'calendar-malformed': {
    status: 422,
    ru: (p: { year: number; what: string }) =>
      `В календаре на ${p.year} год ошибка: «${dayInWords(p.what, 'ru')}» нет в этом году или указано дважды.`,
    en: (p: { year: number; what: string }) =>
      `The calendar of ${p.year} has a mistake: “${dayInWords(p.what, 'en')}” is not in that year or is listed twice.`,
  },
  'calendar-gap': {
    status: 422,
    ru: (p: { year: number }) => `Календари должны идти подряд: не хватает календаря на ${p.year} год.`,
    en: (p: { year: number }) => `Calendars must be consecutive: ${p.year} is missing.`,
  },
  'stop-malformed': {
    status: 422,
    ru: (p: { from: string }) =>
      `Приостановка с ${dayInWords(p.from, 'ru')} невозможна: она начинается до срока или кончается раньше, чем началась.`,
    en: (p: { from: string }) =>
      `The stop from ${dayInWords(p.from, 'en')} is not possible: it begins before the term or ends before it began.`,
  },
  'extension-not-allowed': {
    status: 409,
    ru: (p: { most: number }) => `Срок можно продлить один раз и не больше чем на ${p.most}.`,
    en: (p: { most: number }) => `The term can be extended once, by ${p.most} at most.`,
  },
  'browser-not-told': {
    status: 409,
    ru: () => 'Этот браузер не умеет показывать уведомления. Оставьте в центре телефон или почту.',
    en: () => 'This browser cannot receive notifications. Leave a telephone number or an e-mail address at the centre.',
  },
  'no-master-key': {
    status: 503,
    ru: () => 'Хранилище личных данных закрыто: администратору нужно задать master_key_file.',
    en: () => 'The store of personal data is locked: the administrator must set master_key_file.',
  },
  'reasons-used-up': {
    status: 403,
    ru: (p: { most: number; asked: boolean }) =>
      `По своей причине за час можно открыть ${p.most} человек, и вы их уже открыли. ` +
      (p.asked
        ? 'Запрос отправлен: попросите старшего по залу согласиться в кабинете, на странице «Обращения к данным».'
        : 'Следующих можно будет открыть позже.'),
    en: (p: { most: number; asked: boolean }) =>
      `For a reason of your own you may open ${p.most} people an hour, and you have opened them. ` +
      (p.asked
        ? 'The request has been sent: ask the hall administrator to approve it in the office, on the page “Looks at data”.'
        : 'You can open more later.'),
  },
  'visit-persons-used-up': {
    status: 403,
    ru: (p: { most: number }) =>
      `Для одного визита или заявления открывают или ищут не больше ${p.most} человек. Если нужны ещё, назовите причину.`,
    en: (p: { most: number }) =>
      `No more than ${p.most} people can be opened or looked for in one visit or application. To open more, state a reason.`,
  },
  'unknown-release': {
    status: 404,
    ru: () => 'Такого запроса нет, на него уже ответили, или он ваш собственный.',
    en: () => 'There is no such request, it has been answered, or it is your own.',
  },
  'purpose-needed': {
    status: 403,
    ru: () => 'Личные данные открываются только по визиту за вашим окном, по задаче или с указанием причины.',
    en: () => 'Personal data can be opened only for a visit at your window, for a task, or for a stated reason.',
  },
  'unknown-person': {
    status: 404,
    ru: () => 'Такого человека в системе нет.',
    en: () => 'There is no such person.',
  },
  'person-known': {
    status: 409,
    ru: (() => 'Человек с таким документом или номером уже есть. Найдите его и дополните запись.') as Sentence<{
      personId?: string;
    }>,
    en: (() =>
      'A person with this document or number is already registered. Find and complete that record.') as Sentence<{
      personId?: string;
    }>,
  },
  'edition-changed': {
    status: 409,
    ru: () =>
      'Пока вы редактировали, запись изменил кто-то другой. Откройте её ещё раз: введённое вами осталось на экране.',
    en: () =>
      'Someone else has changed this record in the meantime. Open it again: what you entered is still on the screen.',
  },
  'unknown-file': {
    status: 404,
    ru: () => 'Такого файла нет. Отсканируйте документ ещё раз.',
    en: () => 'There is no such file. Scan the document again.',
  },
  'file-type': {
    status: 415,
    ru: () => 'Это не изображение и не PDF. Подойдут PDF, JPEG, PNG, TIFF, HEIC, WebP и AVIF.',
    en: () => 'This is neither a picture nor a PDF. PDF, JPEG, PNG, TIFF, HEIC, WebP and AVIF are accepted.',
  },
  'file-locked': {
    status: 422,
    ru: () =>
      'Этот PDF закрыт паролем, его никто не сможет открыть. Попросите файл без пароля или отсканируйте документ.',
    en: () =>
      'This PDF is locked with a password, so nobody would be able to open it. Ask for a file without a password, or scan the document.',
  },
  'file-cut-off': {
    status: 422,
    ru: () => 'Файл обрывается на середине. Отправьте его ещё раз или отсканируйте документ заново.',
    en: () => 'The file is incomplete. Send it again, or scan the document again.',
  },
  'file-broken': {
    status: 422,
    ru: () => 'Файл повреждён и не открывается. Отсканируйте документ заново.',
    en: () => 'The file is damaged and does not open. Scan the document again.',
  },
  'file-empty': {
    status: 422,
    ru: () => 'В файле нет ни одной страницы. Отсканируйте документ заново.',
    en: () => 'The file has no pages. Scan the document again.',
  },
  'file-active': {
    status: 422,
    ru: () =>
      'В этом PDF есть программа, вложенный файл или действие, которое выполняется само. Такие файлы не принимаются: распечатайте его в новый PDF или отсканируйте документ.',
    en: () =>
      'This PDF contains a program, an attached file or an action that runs by itself. Such files are not accepted: print it to a new PDF, or scan the document.',
  },
  'file-too-small': {
    status: 422,
    ru: () =>
      'Изображение слишком маленькое, на нём ничего не прочесть. Отсканируйте документ целиком, от 200 точек на дюйм.',
    en: () =>
      'The picture is too small for anything to be read on it. Scan the whole document, at 200 dots per inch or more.',
  },
  'file-blank': {
    status: 422,
    ru: () => 'Страница пустая: на ней ничего нет. Положите документ другой стороной и отсканируйте ещё раз.',
    en: () => 'The page is blank. Turn the document over and scan it again.',
  },
  'file-too-heavy': {
    status: 422,
    ru: () =>
      'Файл слишком тяжёлый для показа: в нём слишком много пикселей или страниц. Отсканируйте с разрешением 300 точек на дюйм, большой документ — по частям.',
    en: () =>
      'The file is too large to be shown: it has too many pixels or pages. Scan at 300 dots per inch, and a large document in parts.',
  },
  'file-too-large': {
    status: 413,
    ru: (p: { mebibytesMax: number }) => `Файл больше ${p.mebibytesMax} МБ. Отсканируйте с меньшим разрешением.`,
    en: (p: { mebibytesMax: number }) => `The file is over ${p.mebibytesMax} MB. Scan it at a lower resolution.`,
  },
  'file-not-clean': {
    status: 409,
    ru: (p: { state: 'waiting' | 'infected' | 'clean' }) =>
      p.state === 'infected'
        ? 'В файле найден вирус: открыть его нельзя. Отсканируйте документ ещё раз с другого носителя.'
        : 'Файл ещё проверяется на вирусы. Подождите минуту.',
    en: (p: { state: 'waiting' | 'infected' | 'clean' }) =>
      p.state === 'infected'
        ? 'A virus was found in the file: it cannot be opened. Scan the document again from another storage device.'
        : 'The file is still being checked for viruses. Wait a minute.',
  },
  'unknown-application': {
    status: 404,
    ru: () => 'Такого заявления нет. Проверьте номер и код на расписке.',
    en: () => 'There is no such application. Check the number and the code on the receipt.',
  },
  'unknown-variant': {
    status: 422,
    ru: (() => 'У этой услуги нет такого варианта. Выберите его из списка.') as Sentence<{ variant: string }>,
    en: (() => 'The service has no such variant. Choose one from the list.') as Sentence<{ variant: string }>,
  },
  'move-not-allowed': {
    status: 409,
    ru: (p: MoveRefused) =>
      `Так нельзя: заявление сейчас «${STATE_WORDS[p.state].ru}». ${p.allowed.length === 0 ? 'Оно закрыто.' : `Можно: ${movesInWords(p.allowed, 'ru')}.`}`,
    en: (p: MoveRefused) =>
      `That cannot be done: the application is “${STATE_WORDS[p.state].en}”. ${p.allowed.length === 0 ? 'It is closed.' : `Possible moves: ${movesInWords(p.allowed, 'en')}.`}`,
  },
  'payment-missing': {
    status: 409,
    ru: (p: { charges: readonly UnpaidCharge[] }) =>
      `Сначала нужно оплатить: ${p.charges.map(({ uin, amount }) => `${roubles(amount)} ₽ (УИН ${uin})`).join(', ')}. Примите оплату у окна или дождитесь платежа из банка.`,
    en: (p: { charges: readonly UnpaidCharge[] }) =>
      `This must be paid first: ${p.charges.map(({ uin, amount }) => `${roubles(amount)} roubles (UIN ${uin})`).join(', ')}. ` +
      'Take the payment at the window, or wait for the bank to report it.',
  },
  'service-elsewhere': {
    status: 409,
    ru: (p: { kinds: readonly CentreKind[] }) =>
      `В этом центре услугу не оказывают. Её оказывают: ${p.kinds.map((kind) => CENTRE_KINDS[kind].ru).join(', ')}. Подскажите заявителю ближайший.`,
    en: (p: { kinds: readonly CentreKind[] }) =>
      `This centre does not provide the service. It is provided by: ${p.kinds.map((kind) => CENTRE_KINDS[kind].en).join(', ')}. Tell the applicant where the nearest one is.`,
  },
  'ground-needed': {
    status: 422,
    ru: () =>
      'Нужно выбрать основание из списка этой услуги. Если подходящего основания в списке нет, заявление нужно принять.',
    en: () => 'Choose a ground from the list of this service. If none applies, the application must be accepted.',
  },
  'nothing-answered': {
    status: 422,
    ru: () =>
      'Ничего не заполнено, поэтому сохранять нечего. Ответьте хотя бы на один вопрос или сразу приходите в центр.',
    en: () =>
      'Nothing is filled in, so there is nothing to save. Answer at least one question, or come straight to the centre.',
  },
  'form-faulty': {
    status: 422,
    ru: (p: { fields: readonly FaultyField[] }) =>
      `Проверьте поля: ${p.fields.map(({ label }) => label.ru).join(', ')}.`,
    en: (p: { fields: readonly FaultyField[] }) =>
      `Check these fields: ${p.fields.map(({ label }) => label.en).join(', ')}.`,
  },
  'evidence-missing': {
    status: 422,
    ru: (p: { documents: readonly MissingDocument[] }) =>
      `Не хватает документов: ${p.documents.map(({ name }) => name.ru).join(', ')}.`,
    en: (p: { documents: readonly MissingDocument[] }) =>
      `Documents are missing: ${p.documents.map(({ name }) => name.en).join(', ')}.`,
  },
  'application-open': {
    status: 409,
    ru: (p: OpenApplication) =>
      `У этого человека уже есть такое заявление: ${p.number === null ? 'черновик' : `${p.number} от ${dayInDigits(p.since)}`}. ` +
      'Продолжите его или укажите, почему нужно ещё одно.',
    en: (p: OpenApplication) =>
      `This person already has such an application: ${p.number === null ? 'a draft' : `${p.number} of ${dayInDigits(p.since)}`}. ` +
      'Continue it, or say why another one is needed.',
  },
  'unknown-task': {
    status: 404,
    ru: () => 'Такой задачи нет, или её уже закрыли.',
    en: () => 'There is no such task, or it has already been closed.',
  },
  'unknown-charge': {
    status: 404,
    ru: () => 'Такого начисления нет.',
    en: () => 'There is no such charge.',
  },
  'charge-not-awaiting': {
    status: 409,
    ru: () => 'Это начисление уже оплачено или отменено. Обновите заявление.',
    en: () => 'This charge has already been paid or cancelled. Open the application again.',
  },
  'no-terminal': {
    status: 409,
    ru: () => 'Терминал не подключён. Оплатите по коду на расписке и подождите отметки об оплате.',
    en: () => 'No terminal is connected. Pay by the code on the receipt and wait until the payment is recorded.',
  },
  'unknown-agency': {
    status: 404,
    ru: (() => 'Такого ведомства нет. Выберите его из списка.') as Sentence<{ agencyId: string }>,
    en: (() => 'There is no such agency. Choose one from the list.') as Sentence<{ agencyId: string }>,
  },
  'agency-not-reachable': {
    status: 422,
    ru: (p: { fault: string }) => `По этому адресу нельзя отправлять сообщения ведомству: ${p.fault}.`,
    en: (p: { fault: string }) => `Messages cannot be sent to the agency at this address: ${p.fault}.`,
  },
  'unknown-message': {
    status: 404,
    ru: () => 'Такого сообщения этому ведомству не было.',
    en: () => 'There was no such message to this agency.',
  },
  'unknown-package': {
    status: 404,
    ru: () => 'Такого пакета услуг нет.',
    en: () => 'There is no such package of services.',
  },
  'passport-faulty': {
    status: 422,
    ru: (p: { faults: readonly { path: string; named: string }[] }) =>
      `В паспорте услуги указано то, чего нет в форме, или что-то указано дважды: ${faultsInWords(p.faults)}.`,
    en: (p: { faults: readonly { path: string; named: string }[] }) =>
      `The passport refers to something that its form does not have, or lists it twice: ${faultsInWords(p.faults)}.`,
  },
  'unknown-document': {
    status: 404,
    ru: () => 'Такого документа у этой услуги нет.',
    en: () => 'This service has no such document.',
  },
  'evidence-unknown': {
    status: 422,
    ru: (() => 'Часть этих документов услуга не просит. Уберите лишние.') as Sentence<{ kinds: readonly string[] }>,
    en: (() => 'The service does not ask for some of these documents. Remove them.') as Sentence<{
      kinds: readonly string[];
    }>,
  },
  'evidence-not-by-hand': {
    status: 422,
    ru: (p: { name: Words }) =>
      `«${p.name.ru}»: отметку «из ведомства» и «из результата» ставит программа. Выберите, как документ показали.`,
    en: (p: { name: Words }) =>
      `“${p.name.en}”: only the program marks a document as received from an agency or from a result. Choose how the document was shown.`,
  },
  'evidence-reason-needed': {
    status: 422,
    ru: (p: { name: Words }) => `«${p.name.ru}»: напишите, по какому основанию документ не нужен.`,
    en: (p: { name: Words }) => `“${p.name.en}”: enter the legal ground on which it is not needed.`,
  },
  'evidence-too-old': {
    status: 422,
    ru: (p: { name: Words; days: number; issuedOn: string | null }) =>
      p.issuedOn === null
        ? `«${p.name.ru}» действует ${p.days} дн. Впишите дату выдачи.`
        : `«${p.name.ru}»: дата выдачи ${dayInDigits(p.issuedOn)} не подходит. Документ действует ${p.days} дн. и не может быть выдан позже сегодняшнего дня.`,
    en: (p: { name: Words; days: number; issuedOn: string | null }) =>
      p.issuedOn === null
        ? `“${p.name.en}” is valid for ${p.days} days. Enter the date of issue.`
        : `“${p.name.en}”: the date of issue ${dayInDigits(p.issuedOn)} is not accepted. The document is valid for ${p.days} days and cannot be issued after today.`,
  },
} as const;
