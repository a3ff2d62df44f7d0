/** Rights. Each route of the API needs one. The words are for the screens. */
export const RIGHTS = {
  /** Open to everyone. */
  look: { ru: 'смотреть залы, центры и ожидание', en: 'see halls, centres and waits' },
  'own-visit': { ru: 'видеть и менять визит по секрету талона', en: 'see and change a visit by its ticket’s secret' },
  book: { ru: 'записываться на приём', en: 'book a time' },
  'give-tickets': { ru: 'выдавать талоны и помогать в зале', en: 'give tickets and act for visitors in the hall' },
  'book-as-partner': { ru: 'записывать посетителей своего портала', en: 'book for the visitors of a portal' },
  'keep-bookings': { ru: 'вести записи на приём', en: 'keep bookings for visitors' },
  rate: { ru: 'оценивать визит на экране центра', en: 'rate a visit at a screen of the centre' },
  redeem: { ru: 'выдавать напитки', en: 'give out drinks' },
  serve: { ru: 'работать за окном', en: 'work at a window' },
  'run-hall': {
    ru: 'вести зал: вызов вне очереди, остановка, двери',
    en: 'run a hall: call out of order, stop, doors',
  },
  'run-centre': { ru: 'менять услуги и часы центра', en: 'change the services and hours of a centre' },
  'change-network': { ru: 'менять сеть: округа, центры, окна', en: 'change the network: districts, centres, windows' },
  'write-catalogue': { ru: 'готовить паспорта услуг', en: 'draft service passports' },
  'publish-catalogue': { ru: 'публиковать паспорта услуг и пилоты', en: 'publish service passports and pilots' },
  'manage-staff': { ru: 'вести учётные записи сотрудников', en: 'manage staff accounts' },
  'grant-roles': { ru: 'давать и отзывать роли', en: 'give and take back roles' },
  'change-roles': { ru: 'менять состав ролей', en: 'change the rights of roles' },
  'manage-devices': { ru: 'подключать и отзывать устройства', en: 'pair and revoke devices' },
  'see-figures': { ru: 'видеть показатели и выгружать их', en: 'see figures and export them' },
  'read-audit': { ru: 'читать журнал действий', en: 'read the log of actions' },
  'take-applications': { ru: 'принимать заявления', en: 'take applications' },
  'issue-results': { ru: 'выдавать результаты', en: 'give out results' },
  'decide-applications': { ru: 'вести заявления ведомства', en: 'work on applications of an agency' },
  'carry-papers': { ru: 'вести реестры, полку и курьеров', en: 'run manifests, shelves and couriers' },
  'run-agent': { ru: 'печатать и показывать в центре', en: 'print and show things in a centre' },
  operate: { ru: 'управлять установкой', en: 'run the installation itself' },
} as const;

export type Right = keyof typeof RIGHTS;

/** The rights of everyone without a key: a passer-by with a telephone. */
export const ANYBODY: readonly Right[] = ['look', 'own-visit', 'book'];

/** A role: rights of its own and those of the roles that it includes. */
export interface Role {
  readonly roleId: string;
  readonly name: { readonly ru: string; readonly en: string };
  readonly rights: readonly Right[];
  readonly includes: readonly string[];
  /** True when its holders must show a second factor. */
  readonly secondFactor: boolean;
  /** True when it counts only after a second person has agreed to it. */
  readonly twoPeople: boolean;
}

function role(roleId: string, ru: string, en: string, includes: readonly string[], ...rights: Right[]): Role {
  return { roleId, name: { ru, en }, rights, includes, secondFactor: false, twoPeople: false };
}

/**
 * The roles that an installation begins with: the one place where they are registered. They are rows afterwards, which
 * an administrator may change. The first four are for devices.
 */
export const SEEDED_ROLES: readonly Role[] = [
  role('board', 'Табло', 'Board', [], 'look'),
  role('kiosk', 'Киоск', 'Kiosk', ['visitor'], 'give-tickets', 'rate'),
  role('tablet', 'Планшет у окна', 'Tablet at a window', ['visitor'], 'rate'),
  role('agent', 'Агент центра', 'Agent of a centre', [], 'look', 'run-agent'),
  role('visitor', 'Посетитель', 'Visitor', [], ...ANYBODY),
  role('partner', 'Партнёрская программа', 'Partner program', ['visitor'], 'book-as-partner'),
  role('reception', 'Администратор входной группы', 'Reception', ['visitor'], 'give-tickets', 'keep-bookings'),
  role('call-centre', 'Оператор колл-центра', 'Call centre', ['visitor'], 'keep-bookings'),
  role('bar', 'Бар', 'Bar', ['visitor'], 'redeem'),
  role('specialist', 'Специалист', 'Specialist', ['visitor'], 'serve', 'take-applications', 'issue-results'),
  role('issuer', 'Специалист выдачи', 'Issuer', ['specialist'], 'issue-results'),
  role(
    'hall-administrator',
    'Администратор зала',
    'Hall administrator',
    ['reception', 'bar', 'specialist'],
    'run-hall',
    'see-figures',
  ),
  role(
    'head',
    'Руководитель центра',
    'Head of centre',
    ['hall-administrator'],
    'run-centre',
    'manage-staff',
    'grant-roles',
    'manage-devices',
  ),
  role('district-head', 'Руководитель округа', 'District head', ['head']),
  role('analyst', 'Аналитик', 'Analyst', ['visitor'], 'see-figures'),
  {
    ...role('methodologist', 'Методолог', 'Methodologist', ['analyst'], 'write-catalogue', 'publish-catalogue'),
    secondFactor: true,
  },
  role('agency-officer', 'Сотрудник ведомства', 'Agency officer', ['visitor'], 'decide-applications'),
  role('courier-desk', 'Курьерская служба', 'Courier desk', ['visitor'], 'carry-papers'),
  { ...role('auditor', 'Аудитор', 'Auditor', ['analyst'], 'read-audit'), secondFactor: true },
  {
    ...role(
      'administrator',
      'Администратор системы',
      'Administrator',
      ['agent', 'tablet', 'partner', 'agency-officer', 'courier-desk', 'district-head', 'methodologist', 'auditor'],
      // Its own, so that a city may take a right from a role below without taking it from the administrator.
      ...(Object.keys(RIGHTS) as Right[]),
    ),
    secondFactor: true,
    twoPeople: true,
  },
];

/** The rights of a role with those of all it includes, however deep. */
export function rightsOf(roles: ReadonlyMap<string, Role>, roleId: string): ReadonlySet<Right> {
  return new Set(withIncluded(roles, roleId).flatMap((one) => one.rights));
}

/** The role and all that it includes. A role that is named twice, or not known, counts once or not at all. */
export function withIncluded(roles: ReadonlyMap<string, Role>, roleId: string): readonly Role[] {
  const found = new Map<string, Role>();
  const left = [roleId];
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    const one = roles.get(id);
    if (one === undefined || found.has(id)) continue;
    found.set(id, one);
    left.push(...one.includes);
  }
  return [...found.values()];
}

/** True when the role would include itself, straight or through others, if it included these. */
export function wouldLoop(roles: ReadonlyMap<string, Role>, roleId: string, includes: readonly string[]): boolean {
  return includes.some((id) => withIncluded(roles, id).some((one) => one.roleId === roleId));
}

/**
 * Rights that the roles of a new installation cannot do without: no change takes them away, not even through a
 * role that they include. Everything else is the city's to decide. The administrator keeps all: an administrator who lost a right could
 * never give it back.
 */
export const KEPT_RIGHTS: ReadonlyMap<string, readonly Right[]> = new Map<string, readonly Right[]>([
  ['board', ['look']],
  ['kiosk', [...ANYBODY, 'give-tickets']],
  ['tablet', [...ANYBODY, 'rate']],
  ['agent', ['look', 'run-agent']],
  ['visitor', ANYBODY],
  ['partner', [...ANYBODY, 'book-as-partner']],
  ['reception', [...ANYBODY, 'give-tickets']],
  ['call-centre', [...ANYBODY, 'keep-bookings']],
  ['bar', [...ANYBODY, 'redeem']],
  ['specialist', [...ANYBODY, 'serve']],
  ['issuer', [...ANYBODY, 'serve', 'issue-results']],
  ['hall-administrator', [...ANYBODY, 'serve', 'run-hall']],
  ['head', [...ANYBODY, 'run-hall', 'run-centre', 'manage-staff', 'grant-roles']],
  ['district-head', [...ANYBODY, 'run-hall', 'run-centre', 'manage-staff', 'grant-roles']],
  ['analyst', [...ANYBODY, 'see-figures']],
  ['methodologist', [...ANYBODY, 'write-catalogue']],
  ['agency-officer', [...ANYBODY, 'decide-applications']],
  ['courier-desk', [...ANYBODY, 'carry-papers']],
  ['auditor', [...ANYBODY, 'read-audit']],
  ['administrator', Object.keys(RIGHTS) as Right[]],
]);

/** A holder of one of these can gain every other right, or stop the installation. */
const ADMINISTRATION: readonly Right[] = ['change-roles', 'operate'];

/** True when the role, with all it includes, administers the installation. */
export function administers(roles: ReadonlyMap<string, Role>, roleId: string): boolean {
  const rights = rightsOf(roles, roleId);
  return ADMINISTRATION.some((right) => rights.has(right));
}

/** The first role that a change would rob of rights it cannot live without, and which. What was lost before is no fault of the change. */
export function robbedRole(
  before: ReadonlyMap<string, Role>,
  after: ReadonlyMap<string, Role>,
): { readonly roleId: string; readonly rights: readonly Right[] } | null {
  for (const [roleId, kept] of KEPT_RIGHTS) {
    const [had, has] = [rightsOf(before, roleId), rightsOf(after, roleId)];
    const rights = kept.filter((right) => had.has(right) && !has.has(right));
    if (rights.length > 0) return { roleId, rights };
  }
  return null;
}

/** Where a role that administers, or one that the installation begins with, would ask for less of those who have it; null: nowhere. */
export function lessened(
  before: ReadonlyMap<string, Role>,
  after: ReadonlyMap<string, Role>,
  roleId: string,
): 'secondFactor' | 'twoPeople' | null {
  const [was, is] = [before.get(roleId), after.get(roleId)];
  if (is === undefined) return null;
  const administered = administers(before, roleId);
  // A role that comes to administer has to ask for both.
  const comes = !administered && administers(after, roleId);
  const keeps = administered || KEPT_RIGHTS.has(roleId);
  const needs = (part: 'secondFactor' | 'twoPeople') => !is[part] && (comes || (keeps && was?.[part] === true));
  return needs('twoPeople') ? 'twoPeople' : needs('secondFactor') ? 'secondFactor' : null;
}
