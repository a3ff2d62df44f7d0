import { generalService, ORDINARY } from './configuration.ts';
import type { EventBodies, EventKind } from './events.ts';
import type { GroupId, WindowId } from './ids.ts';

/** The version in which each kind of event is written now. */
export const VERSIONS: { readonly [Kind in EventKind]: number } = {
  'day-opened': 1,
  'config-changed': 1,
  'home-moved': 1,
  'home-taken': 1,
  'visit-taken': 2,
  'visit-checked-in': 1,
  'visit-held': 1,
  'visit-back': 1,
  'visit-transferred': 1,
  'visit-changed': 1,
  'visit-unbound': 1,
  'service-added': 1,
  'visit-no-show': 1,
  'visit-reactivated': 1,
  'visit-left': 1,
  'visit-lapsed': 2,
  'promise-broken': 1,
  'voucher-redeemed': 1,
  'window-opened': 2,
  'skills-changed': 1,
  'window-ready': 2,
  'visit-called': 2,
  'visit-recalled': 1,
  'call-answered': 1,
  'call-withdrawn': 1,
  'service-started': 2,
  'service-finished': 2,
  'window-ending': 1,
  'window-paused': 1,
  'window-closed': 1,
  'hall-stopped': 1,
  'hall-resumed': 1,
  'doors-closed': 2,
  'doors-opened': 1,
  'day-closed': 1,
};

type Converter = (body: never) => object;

/** How a body of one version is read as the next: `kind/version`. Kept for ever, each with a golden day that needs it. */
const converters: Readonly<Record<string, Converter>> = {
  'visit-taken/1': ({ groupId, ...body }: { groupId: GroupId }) => ({
    ...body,
    groupId,
    wishes: [{ serviceId: generalService(groupId), quantity: 1, windowId: null }],
    classLetter: ORDINARY,
    language: 'ru',
    remote: false,
    slot: null,
  }),
  'window-opened/1': ({ groupIds, ...body }: { groupIds: readonly GroupId[] }) => ({
    ...body,
    skills: groupIds.map((groupId) => ({ groupId, level: 3 })),
  }),
  'visit-called/1': ({ groupId, ...body }: { groupId: GroupId }) => ({
    ...body,
    groupId,
    serviceId: generalService(groupId),
    picked: null,
  }),
  'visit-lapsed/1': (body: { windowId: WindowId | null }) => ({ ...body, waiting: body.windowId === null }),
  'window-ready/1': (body: object) => ({ ...body, present: true }),
  'doors-closed/1': (body: object) => ({ ...body, reason: null }),
  // What was served was the one service asked for, which only the day knows: the fold fills it in.
  'service-started/1': (body: object) => ({ ...body, serviceId: null }),
  'service-finished/1': (body: object) => ({
    ...body,
    serviceId: null,
    quantity: 1,
    outcome: 'done',
    next: 'over',
    groupId: null,
  }),
};

/** The body of an event in the newest shape of its kind; null for a kind or version that this release does not know. */
export function readBody<Kind extends EventKind>(kind: Kind, v: number, body: object): EventBodies[Kind] | null {
  const newest = VERSIONS[kind] as number | undefined;
  if (newest === undefined || !Number.isInteger(v) || v < 1 || v > newest) return null;
  let read = body;
  for (let version = v; version < newest; version += 1) {
    const convert = converters[`${kind}/${version}`];
    if (convert === undefined) return null;
    read = convert(read as never);
  }
  return read as EventBodies[Kind];
}
