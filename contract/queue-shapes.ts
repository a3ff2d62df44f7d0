import { type Static, Type } from 'typebox';
import type { Explanation } from '../core/queue/explain.ts';
import type { Hall } from '../core/queue/hall.ts';
import {
  CentreIdField,
  ClassLetterField,
  CommandIdField,
  DayField,
  DrinkField,
  GroupIdField,
  Instant,
  LanguageField,
  PersonsField,
  QuantityField,
  ServiceIdField,
  ShownPauseReasonField,
  SkillLevelField,
  VisitIdField,
  VisitNumberField,
  WindowIdField,
} from './fields.ts';

/** Shapes of the queue's routes. */
export const Nullable = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

export const WindowStateField = Type.Enum(['closed', 'not-ready', 'free', 'calling', 'serving', 'paused']);
export const VisitStateField = Type.Enum([
  'expected',
  'waiting',
  'called',
  'serving',
  'held',
  'finished',
  'no-show',
  'left',
  'lapsed',
]);
const EndingField = Nullable(Type.Union([Type.Literal('close'), ShownPauseReasonField]));
const Minutes = Type.Number({ minimum: 0 });
const Duration = (description: string) => Type.Integer({ minimum: 0, description });

/** A call of a visitor to a window. */
export const Call = Type.Object({
  visitId: VisitIdField,
  number: VisitNumberField,
  groupId: GroupIdField,
  serviceId: ServiceIdField,
  windowId: WindowIdField,
  at: Instant,
});

/** The visitor's ticket. */
export const Ticket = Type.Object(
  {
    visitId: VisitIdField,
    number: VisitNumberField,
    latinNumber: Type.String({ description: 'The number for devices without Cyrillic, such as V142' }),
    groupId: GroupIdField,
    classLetter: ClassLetterField,
    takenAt: Instant,
    due: Type.Integer({ description: 'The visitor should be called by this moment (milliseconds since 1970 UTC)' }),
    call: Nullable(Call),
    token: Type.String({ description: "The secret of the visitor's own page" }),
  },
  { title: 'Ticket' },
);

const Step = Type.Object({
  serviceId: ServiceIdField,
  quantity: QuantityField,
  windowId: WindowIdField,
  calledAt: Instant,
  startedAt: Nullable(Instant),
  endedAt: Nullable(Instant),
  outcome: Nullable(Type.String()),
});

export const VisitReply = Type.Object(
  {
    visitId: VisitIdField,
    number: VisitNumberField,
    groupId: GroupIdField,
    persons: PersonsField,
    classLetter: ClassLetterField,
    language: LanguageField,
    state: VisitStateField,
    since: Instant,
    wishes: Type.Array(
      Type.Object({ serviceId: ServiceIdField, quantity: QuantityField, windowId: Nullable(WindowIdField) }),
    ),
    slot: Nullable(Instant),
    takenAt: Instant,
    due: Instant,
    windowId: Nullable(WindowIdField),
    heldUntil: Nullable(Instant),
    steps: Type.Array(Step),
    waitMs: Duration('The published wait so far, in milliseconds'),
    laterWaitMs: Duration('The waits before later services so far, in milliseconds'),
    promiseBroken: Type.Boolean({ description: 'The visitor may have a drink with this ticket' }),
    drink: Nullable(DrinkField),
    ahead: Type.Integer({ description: 'The number of visitors before this one now; 0 unless it waits' }),
    wait: Nullable(Type.Object({ q50Minutes: Minutes, q90Minutes: Minutes })),
  },
  { title: 'Visit' },
);

const HallSchema = Type.Object(
  {
    centreId: CentreIdField,
    day: DayField,
    seq: Type.Integer({ description: "The place of the last event in the day's log" }),
    state: Type.Enum(['unopened', 'open', 'doors-closed', 'closed']),
    timeZone: Nullable(Type.String()),
    doorsOpen: Nullable(Instant),
    doorsClose: Nullable(Instant),
    stopped: Nullable(Type.Object({ since: Instant, reason: Type.String() })),
    windows: Type.Array(
      Type.Object({
        windowId: WindowIdField,
        state: WindowStateField,
        since: Instant,
        pauseReason: Nullable(ShownPauseReasonField),
        ending: EndingField,
        groupIds: Type.Array(GroupIdField),
        visit: Nullable(Type.Object({ visitId: VisitIdField, number: VisitNumberField, groupId: GroupIdField })),
      }),
    ),
    waiting: Type.Array(Type.Object({ groupId: GroupIdField, visits: Type.Integer() })),
    tickets: Type.Array(
      Type.Object({
        visitId: VisitIdField,
        number: VisitNumberField,
        place: Type.Enum(['line', 'window', 'aside', 'gone']),
      }),
      { description: 'The tickets whose visits are not finished, in the order in which they were taken' },
    ),
    calls: Type.Array(Type.Object({ number: VisitNumberField, windowId: WindowIdField, at: Instant })),
  },
  { title: 'Hall' },
);

export const HallReply = Type.Unsafe<Hall>(HallSchema);

/** A window after a command: its state, who is called (if the command called anyone), and when it was written. */
export const WindowReply = Type.Object(
  {
    windowId: WindowIdField,
    state: WindowStateField,
    call: Nullable(Call),
    at: Instant,
  },
  { title: 'Window' },
);

/** The wait that a visitor is shown before choosing: half wait less than q50, nine of ten less than q90. */
export const WaitReply = Type.Object({
  serviceId: ServiceIdField,
  off: Type.Boolean(),
  /** Null: no window gives this service now and none is planned. */
  wait: Nullable(Type.Object({ q50Minutes: Minutes, q90Minutes: Minutes, ahead: Type.Integer() })),
});

const ExplanationSchema = Type.Object({
  number: VisitNumberField,
  takenAt: Instant,
  due: Instant,
  classLetter: ClassLetterField,
  waitMs: Duration('The published wait, in milliseconds'),
  laterWaitMs: Duration('The waits before later services, in milliseconds'),
  calls: Type.Array(
    Type.Object({
      at: Instant,
      number: VisitNumberField,
      windowId: WindowIdField,
      due: Instant,
      why: Type.Enum(['this-visit', 'due-earlier', 'same-due', 'other-window', 'returned', 'picked', 'policy']),
      appointment: Type.Boolean(),
      byLaw: Type.Boolean(),
    }),
  ),
});

export const ExplanationReply = Type.Unsafe<Explanation>(ExplanationSchema);

/** Fields of every command. */
export const command = { commandId: CommandIdField };
export const given = { serviceId: ServiceIdField, quantity: Type.Optional(QuantityField) };
export const closedObject = <Properties extends Type.TProperties>(
  properties: Properties,
  words: { readonly title?: string; readonly description?: string } = {},
) => Type.Object(properties, { ...words, additionalProperties: false });

/** Actions of a specialist at a window. */
export const SkillsField = Type.Array(closedObject({ groupId: GroupIdField, level: SkillLevelField }), {
  minItems: 1,
  maxItems: 40,
});

export type Ticket = Static<typeof Ticket>;
export type Call = Static<typeof Call>;
export type VisitReply = Static<typeof VisitReply>;
export type WindowReply = Static<typeof WindowReply>;

/** Problems of reading a day of a hall. */
export const readingDay = ['unknown-centre', 'centre-closed', 'busy', 'day-unreadable'] as const;
/** Further problems of writing to a running day. */
export const inRunningDay = [
  'not-this-day',
  'day-closed',
  'hall-stopped',
  'command-conflict',
  'outcome-unknown',
  'overloaded',
  'clock-behind',
] as const;
export const writingDay = [...readingDay, ...inRunningDay] as const;
