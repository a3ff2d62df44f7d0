import { type Static, Type } from 'typebox';
import { NORMS } from '../core/queue/norms.ts';
import type { Contract } from './contract.ts';
import { CentreIdField, Instant, LongRowIdField, WindowIdField } from './fields.ts';

const closed = { additionalProperties: false };

/** Why a person should come: a visitor at a kiosk, a specialist, a device, or a norm that is not kept. */
export const KIOSK_ALERTS = ['person-wanted', 'paper-out', 'printer-gone', 'kiosk-fault'] as const;
export const WINDOW_ALERTS = ['senior-wanted', 'silent-alarm'] as const;
/** The configuration of a hall cannot be used: the hall receives by the nearest one that can. */
const RULE_ALERTS = ['rules-mended'] as const;
const AlertKind = Type.Enum([...KIOSK_ALERTS, ...WINDOW_ALERTS, ...RULE_ALERTS, ...NORMS]);

const Alert = Type.Object({
  alertId: Type.Integer(),
  kind: AlertKind,
  /** The kiosk, the window or the norm, such as `kiosk`, `7`. */
  place: Type.String(),
  value: Type.Union([Type.Integer(), Type.Null()], { description: 'By how much the norm was exceeded' }),
  raisedAt: Instant,
  seenAt: Type.Union([Instant, Type.Null()]),
  seenBy: Type.Union([Type.String(), Type.Null()], {
    description: 'The name of the first person who saw it; null on an installation without sign-in',
  }),
  clearedAt: Type.Union([Instant, Type.Null()]),
});

const ofCentre = Type.Object({ centreId: CentreIdField });
const ofAlert = Type.Object({ centreId: CentreIdField, alertId: LongRowIdField });

/** Alerts: situations in a hall that call for a person. */
export const alertContract = {
  'POST /api/centres/:centreId/alerts': {
    right: 'give-tickets',
    summary: 'A kiosk or the reception calls for a person, or says what is broken. A repeated call is the same alert',
    params: ofCentre,
    body: Type.Object(
      { kind: Type.Enum([...KIOSK_ALERTS]), place: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }) },
      closed,
    ),
    problems: ['unknown-centre'],
  },
  'POST /api/centres/:centreId/windows/:windowId/alerts': {
    right: 'serve',
    summary: 'A specialist asks for a senior, or raises the silent alarm: nothing is seen or heard at the window',
    params: Type.Object({ centreId: CentreIdField, windowId: WindowIdField }),
    body: Type.Object({ kind: Type.Enum([...WINDOW_ALERTS]) }, closed),
    problems: ['unknown-centre'],
  },
  'GET /api/centres/:centreId/windows/:windowId/alerts': {
    right: 'serve',
    summary: 'The requests of a window that are still open',
    params: Type.Object({ centreId: CentreIdField, windowId: WindowIdField }),
    reply: Type.Array(Alert),
    problems: ['unknown-centre'],
  },
  'GET /api/centres/:centreId/alerts': {
    right: 'run-hall',
    summary: 'Open alerts and those of the last hours, newest first',
    params: ofCentre,
    reply: Type.Array(Alert),
    problems: ['unknown-centre'],
  },
  'POST /api/centres/:centreId/alerts/:alertId/seen': {
    right: 'run-hall',
    summary: 'Mark an alert as seen',
    params: ofAlert,
    problems: ['unknown-alert'],
  },
  'POST /api/centres/:centreId/alerts/:alertId/clear': {
    right: 'run-hall',
    summary: 'Mark an alert as over. The alert of a norm clears by itself when the norm is kept again',
    params: ofAlert,
    problems: ['unknown-alert', 'alert-clears-itself'],
  },
} as const satisfies Contract;

export type Alert = Static<typeof Alert>;
export type AlertKind = Static<typeof AlertKind>;
