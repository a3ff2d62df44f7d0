import { plural } from './language/plural.ts';
import { type Right, RIGHTS } from './access/roles.ts';
import { type InputFault, inputFaultWords } from './input-fault.ts';
import { bookingProblems } from './problem-catalogue-booking.ts';
import { caseProblems } from './problem-catalogue-cases.ts';
import { packageProblems } from './problem-catalogue-packages.ts';
import { paperProblems } from './problem-catalogue-papers.ts';
import { networkProblems } from './problem-catalogue-network.ts';
import { nodeProblems } from './problem-catalogue-node.ts';
import { personProblems } from './problem-catalogue-persons.ts';
import { planningProblems } from './problem-catalogue-planning.ts';
import { screenProblems } from './problem-catalogue-screens.ts';
import { peopleProblems } from './problem-catalogue-people.ts';
import { actions, drinks, stopReasons, visitStates, windowStates } from './problem-words.ts';
import type { CommandKind } from './queue/commands.ts';
import type { VisitState, WindowState } from './queue/day.ts';
import type { Drink, StopReason } from './queue/events.ts';
import { dayInWords } from './time/day-in-words.ts';

/** A sentence without its parameters, which are for programs. */
type Sentence<Params> = (params: Params) => string;

/** Every problem that Okno knows: its HTTP status and its sentence in both languages. */
export const catalogue = {
  ...peopleProblems,
  ...networkProblems,
  ...planningProblems,
  ...bookingProblems,
  ...caseProblems,
  ...packageProblems,
  ...personProblems,
  ...paperProblems,
  ...screenProblems,
  ...nodeProblems,
  'malformed-request': {
    status: 400,
    ru: (p: { where: string; reason: string; fault?: InputFault }) =>
      `Запрос составлен неверно (${p.where}): ${p.fault ? inputFaultWords.ru(p.fault) : p.reason}. Исправьте и отправьте снова.`,
    en: (p: { where: string; reason: string; fault?: InputFault }) =>
      `The request is malformed (${p.where}): ${p.reason}. Correct it and send it again.`,
  },
  'form-unread': {
    status: 400,
    ru: () => 'Не удалось разобрать то, что вы написали. Проверьте и отправьте ещё раз.',
    en: () => 'We could not understand what you entered. Check it and send it again.',
  },
  'days-too-many': {
    status: 400,
    ru: (p: { daysMax: number }) => `Слишком большой период: не больше ${p.daysMax} дн. Выберите период короче.`,
    en: (p: { daysMax: number }) => `The period is too long: at most ${p.daysMax} days. Choose a shorter one.`,
  },
  'body-too-large': {
    status: 413,
    ru: (p: { bytesMax: number }) => `Запрос слишком велик: допустимо не более ${p.bytesMax} байт.`,
    en: (p: { bytesMax: number }) => `The request is too large: at most ${p.bytesMax} bytes are accepted.`,
  },
  'unsupported-media-type': {
    status: 415,
    ru: () => 'Тело запроса должно быть в формате application/json.',
    en: () => 'The request body must be application/json.',
  },
  'unknown-route': {
    status: 404,
    ru: (p: { route: string }) => `Адреса «${p.route}» нет. Список адресов — /openapi.json.`,
    en: (p: { route: string }) => `There is no “${p.route}”. All routes are listed in /openapi.json.`,
  },
  'key-needed': {
    status: 401,
    ru: () => 'Для этого нужен ключ устройства или сотрудника. Обратитесь к администратору.',
    en: () => 'This needs the key of a device or of staff. Ask the administrator.',
  },
  'unknown-key': {
    status: 401,
    ru: () => 'Такого ключа нет или он отозван. Обратитесь к администратору.',
    en: () => 'There is no such key, or it was revoked. Ask the administrator.',
  },
  'role-not-enough': {
    status: 403,
    ru: (p: { right: Right }) => `У вас нет права «${RIGHTS[p.right].ru}». Попросите руководителя.`,
    en: (p: { right: Right }) => `You do not have permission to ${RIGHTS[p.right].en}. Ask your manager.`,
  },
  'foreign-centre': {
    status: 403,
    ru: (p: { centreId: number }) => `Ваши права действуют в другом месте, а не в центре № ${p.centreId}.`,
    en: (p: { centreId: number }) => `Your rights apply at another place, not at centre ${p.centreId}.`,
  },
  'too-many-requests': {
    status: 429,
    ru: () => 'Слишком много запросов с этого устройства. Подождите несколько секунд.',
    en: () => 'Too many requests from this device. Wait a few seconds.',
  },
  'too-many-streams': {
    status: 429,
    ru: (p: { most: number }) =>
      `С этого адреса уже открыто экранов: ${p.most}. Закройте лишние вкладки или попробуйте позже.`,
    en: (p: { most: number }) =>
      `This address has ${p.most} screens open already. Close some tabs, or try again later.`,
  },
  'unknown-centre': {
    status: 404,
    ru: (p: { centreId: number }) => `Центра № ${p.centreId} нет. Выберите центр из списка.`,
    en: (p: { centreId: number }) => `There is no centre ${p.centreId}. Choose one from the list.`,
  },
  'unknown-window': {
    status: 404,
    ru: (p: { windowId: number }) => `В этом центре нет окна № ${p.windowId}.`,
    en: (p: { windowId: number }) => `This centre has no window ${p.windowId}.`,
  },
  'unknown-group': {
    status: 404,
    ru: (() => 'Такой группы услуг здесь нет. Выберите её из списка.') as Sentence<{ groupId: string }>,
    en: (() => 'There is no such group of services here. Choose one from the list.') as Sentence<{ groupId: string }>,
  },
  'unknown-visit': {
    status: 404,
    ru: (() => 'Такого посещения в этом дне нет. Обновите экран.') as Sentence<{ visitId: string }>,
    en: (() => 'There is no such visit on this day. Reload the screen.') as Sentence<{ visitId: string }>,
  },
  'unknown-token': {
    status: 404,
    ru: () => 'Такой страницы посещения нет. Проверьте ссылку на талоне.',
    en: () => 'There is no such visit page. Check the link on the ticket.',
  },
  'centre-closed': {
    status: 409,
    ru: (p: { day: string }) => `Центр ${dayInWords(p.day, 'ru')} не работает. Выберите другой день или другой центр.`,
    en: (p: { day: string }) =>
      `The centre is closed on ${dayInWords(p.day, 'en')}. Choose another day or another centre.`,
  },
  'not-this-day': {
    status: 409,
    ru: (p: { day: string; today: string }) =>
      `День ${dayInWords(p.day, 'ru')} сейчас не идёт: сегодня ${dayInWords(p.today, 'ru')}. Обновите экран.`,
    en: (p: { day: string; today: string }) =>
      `${dayInWords(p.day, 'en')} is not running: today is ${dayInWords(p.today, 'en')}. Reload the screen.`,
  },
  'day-closed': {
    status: 409,
    ru: (p: { day: string }) => `День ${dayInWords(p.day, 'ru')} закрыт, изменить в нём ничего нельзя.`,
    en: (p: { day: string }) => `${dayInWords(p.day, 'en')} is closed; nothing in it can be changed.`,
  },
  'day-already-open': {
    status: 409,
    ru: (p: { day: string }) => `День ${dayInWords(p.day, 'ru')} уже открыт.`,
    en: (p: { day: string }) => `${dayInWords(p.day, 'en')} is already open.`,
  },
  'day-not-open': {
    status: 409,
    ru: (p: { day: string }) => `День ${dayInWords(p.day, 'ru')} ещё не открыт.`,
    en: (p: { day: string }) => `${dayInWords(p.day, 'en')} has not been opened yet.`,
  },
  'day-begun': {
    status: 409,
    ru: (p: { day: string }) =>
      `День ${dayInWords(p.day, 'ru')} уже начался: часы меняют заранее, а сегодня двери можно закрыть на экране зала.`,
    en: (p: { day: string }) =>
      `${dayInWords(p.day, 'en')} has begun: hours can be changed only in advance; today, close the doors from the hall screen.`,
  },
  'hours-reversed': {
    status: 400,
    ru: () => 'Время закрытия должно быть позже времени открытия, и у изменённых часов должна быть причина.',
    en: () => 'Closing time must be later than opening time, and changed hours need a reason.',
  },
  'days-reversed': {
    status: 400,
    ru: () => 'Последний день не может быть раньше первого.',
    en: () => 'The last day cannot be before the first.',
  },
  'doors-not-open': {
    status: 409,
    ru: () => 'Центр ещё не открылся: талоны выдаются с открытием дверей.',
    en: () => 'The centre has not opened yet: tickets are given from opening time.',
  },
  'doors-closed': {
    status: 409,
    ru: () => 'Двери центра закрыты: сегодня новые талоны не выдаются.',
    en: () => 'The doors are closed: no more tickets are given today.',
  },
  'window-state': {
    status: 409,
    ru: (p: { windowId: number; state: WindowState; action: CommandKind }) =>
      `Окно ${p.windowId} сейчас ${windowStates[p.state].ru}, поэтому нельзя ${actions[p.action]?.ru ?? p.action}.`,
    en: (p: { windowId: number; state: WindowState; action: CommandKind }) =>
      `Window ${p.windowId} is ${windowStates[p.state].en}, so you cannot ${actions[p.action]?.en ?? p.action}.`,
  },
  'window-not-equipped': {
    status: 409,
    ru: (p: { windowId: number; groupId: string; letter: string }) =>
      `Окно ${p.windowId} не оборудовано для услуг группы ${p.letter}.`,
    en: (p: { windowId: number; groupId: string; letter: string }) =>
      `Window ${p.windowId} is not equipped for the services of group ${p.letter}.`,
  },
  'specialist-elsewhere': {
    status: 409,
    ru: (p: { windowId: number }) => `Этот специалист уже сидит за окном ${p.windowId}. Сначала закройте его.`,
    en: (p: { windowId: number }) => `This specialist is already at window ${p.windowId}. Close it first.`,
  },
  'specialist-at-centre': {
    status: 409,
    ru: (p: { centreId: number }) =>
      `Этот специалист сейчас сидит в центре № ${p.centreId}. Сначала закройте окно там.`,
    en: (p: { centreId: number }) => `This specialist is now at centre ${p.centreId}. Close the window there first.`,
  },
  'visit-not-here': {
    status: 409,
    ru: (p: { windowId: number }) => `У окна ${p.windowId} сейчас другой посетитель. Обновите экран.`,
    en: (p: { windowId: number }) => `Another visitor is at window ${p.windowId} now. Reload the screen.`,
  },
  'visit-state': {
    status: 409,
    ru: (p: { number: string; state: VisitState }) =>
      `Талон ${p.number} сейчас ${visitStates[p.state].ru}. Обновите экран.`,
    en: (p: { number: string; state: VisitState }) =>
      `The ticket ${p.number} is now ${visitStates[p.state].en}. Reload the screen.`,
  },
  'unknown-service': {
    status: 404,
    ru: (() => 'Выбранной услуги здесь нет. Выберите другую из списка.') as Sentence<{ serviceId: string }>,
    en: (() => 'There is no such service here. Choose another one from the list.') as Sentence<{ serviceId: string }>,
  },
  'service-off': {
    status: 409,
    ru: (() => 'Эта услуга сегодня здесь не оказывается. Выберите другой центр.') as Sentence<{ serviceId: string }>,
    en: (() => 'This service is not provided here today. Choose another centre.') as Sentence<{ serviceId: string }>,
  },
  'unknown-class': {
    status: 404,
    ru: (p: { classLetter: string }) => `Категории «${p.classLetter}» в этом центре нет.`,
    en: (p: { classLetter: string }) => `This centre has no class “${p.classLetter}”.`,
  },
  'remote-off': {
    status: 409,
    ru: () => 'Талон из дома здесь взять нельзя. Возьмите талон в центре или запишитесь.',
    en: () => 'Tickets cannot be taken from home here. Take one in the centre or book an appointment.',
  },
  'no-time-left': {
    status: 409,
    ru: () => 'Сегодня мы не успеем вас принять до закрытия. Запишитесь на другой день или выберите другой центр.',
    en: () => 'We cannot serve you before closing today. Book another day or choose another centre.',
  },
  'quota-reached': {
    status: 409,
    ru: (p: { quota: number }) => `Талоны на сегодня кончились: их было ${p.quota}. Запишитесь на другой день.`,
    en: (p: { quota: number }) => `All ${p.quota} tickets for today have been given out. Book another day.`,
  },
  'numbers-used': {
    status: 409,
    ru: (p: { groupId: string; letter: string }) =>
      `Все номера на ${p.letter} сейчас заняты. Подождите или позовите администратора.`,
    en: (p: { groupId: string; letter: string }) =>
      `All numbers starting with ${p.letter} are in use. Wait or call an administrator.`,
  },
  'returns-used': {
    status: 409,
    ru: (p: { returnsMax: number }) =>
      `Вернуться после неявки можно не более ${plural('ru', p.returnsMax, { one: 'раза', other: 'раз' })}. Возьмите новый талон.`,
    en: (p: { returnsMax: number }) =>
      `A visitor may come back after a no-show only ${plural('en', p.returnsMax, { one: 'time', other: 'times' })}. Take a new ticket.`,
  },
  'recalls-used': {
    status: 409,
    ru: (p: { recallsMax: number }) =>
      `Посетителя уже позвали повторно ${plural('ru', p.recallsMax, { few: 'раза', other: 'раз' })}: отметьте неявку.`,
    en: (p: { recallsMax: number }) =>
      `The visitor has already been called again ${plural('en', p.recallsMax, { one: 'time', other: 'times' })}: mark a no-show.`,
  },
  'too-soon': {
    status: 409,
    ru: (p: { seconds: number }) => `Дайте посетителю дойти: это можно будет сделать через ${p.seconds} с.`,
    en: (p: { seconds: number }) => `Give the visitor time to come: you can do this in ${p.seconds} s.`,
  },
  'window-cannot-serve': {
    status: 409,
    ru: (p: { windowId: number; number: string }) =>
      `В окне ${p.windowId} не оказывают услугу, за которой пришёл ${p.number}.`,
    en: (p: { windowId: number; number: string }) =>
      `Window ${p.windowId} does not provide the service that ${p.number} needs.`,
  },
  'transfer-not-back': {
    status: 409,
    ru: (p: { windowId: number }) =>
      `Направить к определённому специалисту можно только к тому, кто уже принимал этого посетителя, а не в окно ${p.windowId}.`,
    en: (p: { windowId: number }) =>
      `A visitor can be sent only to a specialist who has already served this visit, not to window ${p.windowId}.`,
  },
  'transfer-pointless': {
    status: 409,
    ru: (p: { windowId: number }) =>
      `Эту услугу оказывают и в окне ${p.windowId}: добавьте её здесь, передавать посетителя не нужно.`,
    en: (p: { windowId: number }) =>
      `Window ${p.windowId} provides this service too: add it here; the visitor does not need to go to another window.`,
  },
  'last-window': {
    status: 409,
    ru: (p: { groupIds: readonly string[]; letters: readonly string[] }) =>
      `Это последнее окно для талонов на ${p.letters.join(', ')}. Пауза возможна с согласия администратора зала.`,
    en: (p: { groupIds: readonly string[]; letters: readonly string[] }) =>
      `This is the last window for tickets on ${p.letters.join(', ')}. A pause needs the hall administrator’s consent.`,
  },
  'hall-stopped': {
    status: 409,
    ru: (p: { reason: StopReason }) =>
      `Приём остановлен: ${stopReasons[p.reason].ru}. Очередь сохранена, дождитесь возобновления.`,
    en: (p: { reason: StopReason }) =>
      `The hall is stopped: ${stopReasons[p.reason].en}. The queue is kept; wait until service resumes.`,
  },
  'doors-open': {
    status: 409,
    ru: () => 'Двери центра открыты, открывать их не нужно.',
    en: () => 'The doors are already open.',
  },
  'hall-not-stopped': {
    status: 409,
    ru: () => 'Приём не остановлен, возобновлять нечего.',
    en: () => 'The hall is not stopped; there is nothing to resume.',
  },
  'no-voucher': {
    status: 409,
    ru: () => 'По этому талону напиток не положен: ожидание не превысило обещанного.',
    en: () => 'This ticket does not come with a drink: the wait was not longer than promised.',
  },
  'voucher-used': {
    status: 409,
    ru: (p: { drink: Drink }) => `Напиток по этому талону уже выдан: ${drinks[p.drink].ru}.`,
    en: (p: { drink: Drink }) => `The drink for this ticket has already been given: ${drinks[p.drink].en}.`,
  },
  'home-elsewhere': {
    status: 409,
    ru: (p: { home: string }) => `Этот день ведёт база «${p.home}»: здесь его можно только читать.`,
    en: (p: { home: string }) => `The database “${p.home}” keeps this day; here it can only be read.`,
  },
  'not-sealed': {
    status: 404,
    ru: (p: { day: string }) => `День ${dayInWords(p.day, 'ru')} ещё не запечатан: печать появляется, когда он закрыт.`,
    en: (p: { day: string }) => `${dayInWords(p.day, 'en')} has no seal yet: it gets one when it is closed.`,
  },
  'no-claim': {
    status: 409,
    ru: () => 'Этот талон не даёт права пройти сегодня первым: он уже обслужен или относится к другому дню.',
    en: () => 'This ticket does not entitle you to be first today: it was served, or it is from another day.',
  },
  'command-conflict': {
    status: 409,
    ru: (() =>
      'Команда с этим номером уже выполнена с другим содержанием. Новой команде нужен новый номер.') as Sentence<{
      commandId: string;
    }>,
    en: (() =>
      'A command with this id was already carried out with another body. A new command needs a new id.') as Sentence<{
      commandId: string;
    }>,
  },
} as const;
