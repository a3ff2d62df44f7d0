import { type Static, Type } from 'typebox';
import { ClassLetterField } from './fields.ts';

const closed = { additionalProperties: false };
const Minutes = Type.Integer({ minimum: 0, maximum: 240 });
const Seconds = Type.Integer({ minimum: 0, maximum: 3_600 });
const SecondsOrNever = Type.Union([Seconds, Type.Null()]);

/** The rules of a hall that a centre may change, each as core/queue/configuration.ts describes it. */
export const HallRules = Type.Object(
  {
    appointmentLimitMinutes: Minutes,
    answerSeconds: SecondsOrNever,
    calls: Type.Object(
      {
        recallsMax: Type.Integer({ minimum: 0, maximum: 10 }),
        cooldownSeconds: Seconds,
        noShowSeconds: SecondsOrNever,
        returnsMax: Type.Integer({ minimum: 0, maximum: 10 }),
      },
      closed,
    ),
    promise: Type.Object({ waitSeconds: SecondsOrNever, servedSeconds: Seconds }, closed),
    remoteTickets: Type.Boolean(),
    closingGraceMinutes: Type.Union([Minutes, Type.Null()]),
    returnMinutes: Minutes,
    policy: Type.Union([
      Type.Object({ kind: Type.Enum(['due-time', 'fifo', 'priority-weights']) }, closed),
      Type.Object(
        {
          kind: Type.Literal('short-first'),
          minutes: Type.Number({ minimum: 0, maximum: 15 }),
          meanMinutes: Type.Number({ minimum: 1, maximum: 240 }),
          mostMinutes: Type.Number({ minimum: 0, maximum: 10 }),
          guardMinutes: Type.Number({ minimum: 0, maximum: 240 }),
          appointmentGuardMinutes: Type.Optional(Type.Number({ minimum: 0, maximum: 240 })),
        },
        closed,
      ),
      Type.Object({ kind: Type.Literal('appointments-first'), lookAheadSeconds: Seconds }, closed),
      Type.Object({ kind: Type.Literal('ratio'), ordinary: Type.Integer({ minimum: 1, maximum: 100 }) }, closed),
    ]),
    classes: Type.Array(
      Type.Object(
        { letter: ClassLetterField, limitMinutes: Minutes, weight: Type.Integer({ minimum: 0, maximum: 1_000 }) },
        closed,
      ),
      { maxItems: 26 },
    ),
  },
  closed,
);

export type HallRules = Static<typeof HallRules>;
