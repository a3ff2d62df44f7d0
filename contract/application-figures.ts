import { type Static, Type } from 'typebox';
import type { Contract } from './contract.ts';
import { DayField, Words } from './fields.ts';
import { Nullable } from './queue-shapes.ts';

const Shown = Nullable(Type.Integer({ description: 'Null: one to four; so few are not shown' }));

const FigureRow = Type.Object(
  {
    key: Nullable(Type.String({ description: 'Null: several that are too small to be shown' })),
    name: Nullable(Words),
    registered: Type.Integer({ minimum: 5 }),
    open: Shown,
    refused: Shown,
    late: Shown,
  },
  { title: 'ApplicationFigures' },
);

/** What is counted of applications. No group of fewer than five people is shown to anybody. */
export const applicationFigureContract = {
  'GET /api/application-figures': {
    right: 'see-figures',
    summary:
      'Applications that were registered on some days: how many are open, were refused, took longer than their term',
    query: Type.Object({ from: DayField, to: DayField, by: Type.Enum(['service', 'centre', 'agency']) }),
    reply: Type.Array(FigureRow),
    problems: ['days-reversed', 'days-too-many'],
  },
} as const satisfies Contract;

export type ApplicationFigures = Static<typeof FigureRow>;
