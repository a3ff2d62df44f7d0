import { type Static, Type } from 'typebox';
import type { Contract } from './contract.ts';
import { AskedDayField, Words } from './fields.ts';
import { Nullable } from './queue-shapes.ts';

const Shown = Nullable(Type.Integer({ description: 'Null: from one to four, too few to be shown' }));

const FigureRow = Type.Object(
  {
    key: Nullable(Type.String({ description: 'Null: several groups that are too small to be shown' })),
    name: Nullable(Words),
    registered: Type.Integer({ minimum: 5 }),
    open: Shown,
    refused: Shown,
    late: Shown,
  },
  { title: 'ApplicationFigures' },
);

/** Figures of applications. No group of fewer than five people is ever shown. */
export const applicationFigureContract = {
  'GET /api/application-figures': {
    right: 'see-figures',
    summary: 'Figures of the applications registered in a period: open, refused, longer than their term',
    query: Type.Object({ from: AskedDayField, to: AskedDayField, by: Type.Enum(['service', 'centre', 'agency']) }),
    reply: Type.Array(FigureRow),
    problems: ['days-reversed', 'days-too-many'],
  },
} as const satisfies Contract;

export type ApplicationFigures = Static<typeof FigureRow>;
