import { plural } from './language/plural.ts';

/** A sentence without its parameters, which are for programs. */
type Sentence<Params> = (params: Params) => string;

/** Problems of the network, the catalogue and their imports: HTTP status and sentence in both languages. */
export const networkProblems = {
  'unknown-print-job': {
    status: 404,
    ru: () => 'Такого задания на печать нет, или оно уже закончено.',
    en: () => 'There is no such print job, or it has ended.',
  },
  'no-draft': {
    status: 409,
    ru: (() => 'У этой услуги нет черновика. Сначала создайте его.') as Sentence<{ serviceId: string }>,
    en: (() => 'This service has no draft. Write one first.') as Sentence<{ serviceId: string }>,
  },
  'pilot-overlaps': {
    status: 409,
    ru: () => 'В эти дни в этом центре такой пилот уже идёт. Завершите его или выберите другие дни.',
    en: () => 'This centre already runs this pilot on these days. End it, or choose other days.',
  },
  'pilot-faulty': {
    status: 422,
    ru: (p: { reason: string }) => `С этим пилотом зал не смог бы работать: ${p.reason}.`,
    en: (p: { reason: string }) => `With this pilot the hall could not work: ${p.reason}.`,
  },
  'unknown-pilot': {
    status: 404,
    ru: () => 'Такого пилота нет, или он уже завершён.',
    en: () => 'There is no such pilot, or it has ended.',
  },
  'unknown-district': {
    status: 422,
    ru: (p: { districtId: number }) => `Округа № ${p.districtId} нет. Выберите его из списка.`,
    en: (p: { districtId: number }) => `There is no district ${p.districtId}. Choose one from the list.`,
  },
  'district-named-so': {
    status: 409,
    ru: (p: { name: string }) => `Округ «${p.name}» здесь уже есть.`,
    en: (p: { name: string }) => `There is already a district “${p.name}” here.`,
  },
  'district-loop': {
    status: 422,
    ru: () => 'Округ оказался бы внутри самого себя. Выберите другой вышестоящий округ.',
    en: () => 'The district would contain itself. Choose another district above it.',
  },
  'code-taken': {
    status: 409,
    ru: (p: { code: string }) => `Код «${p.code}» занят другим центром. Выберите другой.`,
    en: (p: { code: string }) => `The code “${p.code}” belongs to another centre. Choose another one.`,
  },
  'hall-of-guest': {
    status: 422,
    ru: () => 'Этот центр сам принимает в чужом зале. Выберите центр, которому принадлежит зал.',
    en: () => 'That centre itself receives in the hall of another. Choose the centre that owns the hall.',
  },
  'hall-of-itself': {
    status: 422,
    ru: () => 'Вы указали сам этот центр. Чтобы он принимал в своём зале, оставьте поле пустым.',
    en: () => 'You named the centre itself. Leave the field empty if it receives in its own hall.',
  },
  'hall-has-guests': {
    status: 409,
    ru: () => 'В зале этого центра принимают другие центры. Сначала переведите их в другой зал.',
    en: () => 'Other centres receive in the hall of this one. Move them to another hall first.',
  },
  'visits-open': {
    status: 409,
    ru: (p: { visits: number }) =>
      `В зале ещё ${plural('ru', p.visits, { one: 'посетитель', few: 'посетителя', other: 'посетителей' })}. Закройте двери, обслужите их и повторите.`,
    en: (p: { visits: number }) =>
      `There are still ${plural('en', p.visits, { one: 'visitor', other: 'visitors' })} in the hall. Close the doors, serve them, and try again.`,
  },
  'hours-overlap': {
    status: 422,
    ru: () => 'Часы одного дня недели пересекаются. Оставьте по одной записи на день недели и период.',
    en: () => 'The hours of one weekday overlap. Keep one entry for each weekday and period.',
  },
  'stops-overlap': {
    status: 422,
    ru: () => 'Стоянки пересекаются: центр не может быть в двух местах сразу.',
    en: () => 'The stops overlap: the centre cannot be in two places at once.',
  },
  'not-mobile': {
    status: 422,
    ru: () => 'Стоянки есть только у мобильного центра. Измените вид центра или уберите стоянки.',
    en: () => 'Only a mobile centre has stops. Change its kind, or remove the stops.',
  },
  'row-twice': {
    status: 422,
    ru: () => 'Одна и та же запись указана дважды. Оставьте одну.',
    en: () => 'The same entry is listed twice. Keep one.',
  },
  'unknown-zone': {
    status: 422,
    ru: () => 'Окно отнесено к зоне, которой в зале нет. Сначала заведите зону.',
    en: () => 'A window is in a zone that the hall does not have. Add the zone first.',
  },
  'zone-in-use': {
    status: 409,
    ru: () => 'В удаляемой зоне ещё есть окна. Сначала перенесите их.',
    en: () => 'The zone to be removed still has windows. Move them first.',
  },
  'hall-windows-clash': {
    status: 409,
    ru: () =>
      'В этом зале уже есть окно с таким номером. У окон центров, которые делят зал, номера должны различаться.',
    en: () =>
      'The hall already has a window with this number. Windows of centres that share a hall need different numbers.',
  },
  'hall-letters-clash': {
    status: 409,
    ru: () => 'В этом зале уже есть другая группа услуг с такой буквой. Дайте группе другую букву.',
    en: () => 'The hall already has another service group with this letter. Give the group another letter.',
  },
  'window-in-use': {
    status: 409,
    ru: () => 'За удаляемым окном числится оборудование. Сначала перенесите его.',
    en: () => 'The window to be removed still has equipment. Move it first.',
  },
} as const;
