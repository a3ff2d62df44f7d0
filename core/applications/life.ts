import type { Right } from '../access/roles.ts';
import type { PaidBefore } from './paid-before.ts';

/** Where an application is between the window and the result. */
export const APPLICATION_STATES = [
  'draft',
  'blocked',
  'acceptance-refused',
  'registered',
  'in-transit-to-agency',
  'at-agency',
  'suspended',
  'fix-requested',
  'decided-positive',
  'decided-negative',
  'in-transit-to-centre',
  'ready',
  'issued',
  'unclaimed',
  'returned',
  'withdrawn',
  'closed',
  'cancelled',
] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

/** What a move does to the clock of the term. */
type ClockEffect = 'starts' | 'stops' | 'goes-on' | 'ends';

interface Move {
  readonly from: readonly ApplicationState[];
  readonly to: ApplicationState;
  /** Who may make it; null: only the system, as the consequence of something else. */
  readonly right: Right | null;
  readonly clock?: ClockEffect;
  /** True when a ground of the passport has to be named. */
  readonly ground?: true;
  /** Which fees have to be paid by now. */
  readonly paid?: PaidBefore;
}

/** The agency is working on it and may still be told to stop. */
const OPEN_AT_AGENCY = ['at-agency', 'suspended', 'fix-requested'] as const;

/** The life of an application as one table, the same on the server and on the screens. */
export const MOVES = {
  register: { from: ['draft'], to: 'registered', right: 'take-applications', clock: 'starts', paid: 'registration' },
  'refuse-acceptance': { from: ['draft'], to: 'acceptance-refused', right: 'take-applications', ground: true },
  cancel: { from: ['draft', 'blocked'], to: 'cancelled', right: 'take-applications' },
  unlock: { from: ['blocked'], to: 'draft', right: null },
  'cancel-dependent': { from: ['blocked', 'draft'], to: 'cancelled', right: null },
  dispatch: { from: ['registered'], to: 'in-transit-to-agency', right: null },
  send: { from: ['registered'], to: 'at-agency', right: null },
  'hand-over': { from: ['in-transit-to-agency'], to: 'at-agency', right: null },
  'come-back': { from: ['in-transit-to-agency'], to: 'registered', right: null },
  'decide-positive': {
    from: ['at-agency'],
    to: 'decided-positive',
    right: 'decide-applications',
    clock: 'ends',
    paid: 'decision',
  },
  'decide-negative': {
    from: ['at-agency'],
    to: 'decided-negative',
    right: 'decide-applications',
    clock: 'ends',
    ground: true,
  },
  suspend: { from: ['at-agency'], to: 'suspended', right: 'decide-applications', clock: 'stops', ground: true },
  resume: { from: ['suspended'], to: 'at-agency', right: 'decide-applications', clock: 'goes-on' },
  'ask-fix': { from: ['at-agency'], to: 'fix-requested', right: 'decide-applications', clock: 'stops', ground: true },
  fix: { from: ['fix-requested'], to: 'at-agency', right: 'take-applications', clock: 'goes-on' },
  return: { from: ['at-agency', 'fix-requested'], to: 'returned', right: 'decide-applications', clock: 'ends' },
  'send-result': { from: ['decided-positive', 'decided-negative'], to: 'in-transit-to-centre', right: null },
  'give-result': { from: ['decided-positive', 'decided-negative'], to: 'ready', right: 'decide-applications' },
  arrive: { from: ['in-transit-to-centre'], to: 'ready', right: null },
  'move-result': {
    from: ['ready', 'decided-positive', 'decided-negative'],
    to: 'in-transit-to-centre',
    right: null,
  },
  issue: { from: ['ready', 'unclaimed'], to: 'issued', right: 'issue-results', paid: 'issue' },
  'end-storage': { from: ['ready'], to: 'unclaimed', right: null },
  dispose: { from: ['unclaimed'], to: 'closed', right: 'carry-papers' },
  withdraw: {
    from: ['registered', 'in-transit-to-agency', ...OPEN_AT_AGENCY],
    to: 'withdrawn',
    right: 'take-applications',
    clock: 'ends',
  },
  'give-papers-back': { from: ['withdrawn', 'returned'], to: 'closed', right: 'issue-results' },
} as const satisfies Readonly<Record<string, Move>>;

export type MoveName = keyof typeof MOVES;

const TABLE: Readonly<Record<MoveName, Move>> = MOVES;

/** Where a move leads from a state; null where it is not allowed there. */
export function stateAfter(state: ApplicationState, move: MoveName): ApplicationState | null {
  const { from, to } = TABLE[move];
  return from.includes(state) ? to : null;
}

/** The moves that can be made in a state with some rights; without rights named, all of them. */
export function movesFrom(state: ApplicationState, rights: ReadonlySet<Right> | null = null): MoveName[] {
  return (Object.keys(TABLE) as MoveName[]).filter((name) => {
    const { from, right } = TABLE[name];
    return from.includes(state) && (rights === null || (right !== null && rights.has(right)));
  });
}

/** True when nothing more can happen. */
export function isOver(state: ApplicationState): boolean {
  return movesFrom(state).length === 0;
}

/** True while the clock of the term is stopped: the last day moves on with every day of the stop. */
export function isClockStopped(state: ApplicationState): boolean {
  return state === 'suspended' || state === 'fix-requested';
}

/** True while it is still written: what it says may change. */
export function isDraft(state: ApplicationState): boolean {
  return state === 'draft' || state === 'blocked';
}

/** True while what it says may be written: a draft, or what was sent back to be corrected. */
export function isWritable(state: ApplicationState): boolean {
  return isDraft(state) || state === 'fix-requested';
}

export function needsGround(move: MoveName): boolean {
  return TABLE[move].ground === true;
}

/** What a portal calls the states (the codes of the state’s cabinet of services). */
export const PORTAL_STATES: Readonly<Record<ApplicationState, PortalState | null>> = {
  draft: null,
  blocked: null,
  'acceptance-refused': 'refused',
  registered: 'registered',
  'in-transit-to-agency': 'sent',
  'at-agency': 'at-agency',
  suspended: 'suspended',
  'fix-requested': 'needs-action',
  'decided-positive': 'decided',
  'decided-negative': 'decided',
  'in-transit-to-centre': 'decided',
  ready: 'ready',
  issued: 'done',
  unclaimed: 'ready',
  returned: 'refused',
  withdrawn: 'cancelled',
  closed: 'done',
  cancelled: 'cancelled',
};
export type PortalState =
  | 'registered'
  | 'sent'
  | 'at-agency'
  | 'suspended'
  | 'needs-action'
  | 'decided'
  | 'ready'
  | 'done'
  | 'refused'
  | 'cancelled';

/** What people read of a state. */
export const STATE_WORDS: Readonly<Record<ApplicationState, { readonly ru: string; readonly en: string }>> = {
  draft: { ru: 'черновик', en: 'draft' },
  blocked: { ru: 'ждёт другого документа', en: 'waits for another document' },
  'acceptance-refused': { ru: 'не принято', en: 'not accepted' },
  registered: { ru: 'принято', en: 'registered' },
  'in-transit-to-agency': { ru: 'в пути в ведомство', en: 'on the way to the agency' },
  'at-agency': { ru: 'в работе', en: 'being worked on' },
  suspended: { ru: 'приостановлено', en: 'suspended' },
  'fix-requested': { ru: 'нужно исправить или дополнить', en: 'something has to be corrected or added' },
  'decided-positive': { ru: 'решение принято', en: 'decided' },
  'decided-negative': { ru: 'в услуге отказано', en: 'refused' },
  'in-transit-to-centre': { ru: 'результат в пути в центр', en: 'the result is on the way to the centre' },
  ready: { ru: 'готово к выдаче', en: 'ready' },
  issued: { ru: 'выдано', en: 'issued' },
  unclaimed: { ru: 'срок хранения истёк', en: 'not collected in time' },
  returned: { ru: 'возвращено без рассмотрения', en: 'sent back' },
  withdrawn: { ru: 'отозвано заявителем', en: 'withdrawn' },
  closed: { ru: 'закрыто', en: 'closed' },
  cancelled: { ru: 'отменено', en: 'cancelled' },
};
