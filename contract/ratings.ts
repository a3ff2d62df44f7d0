import { Type } from 'typebox';
import type { Contract } from './contract.ts';
import { AskedDayField, CentreIdField, DayField, VisitIdField, WindowIdField } from './fields.ts';
import { TokenField } from './own-visit.ts';
import { closedObject, Nullable, VisitStateField } from './queue-shapes.ts';

const MarkField = Type.Integer({ minimum: 1, maximum: 5, description: 'From 1 (bad) to 5 (very good)' });
const Rated = Type.Object({ mark: Nullable(MarkField), mayChange: Type.Boolean() });
const problems = ['unknown-visit', 'not-served-yet', 'rating-final'] as const;

/** One touch after the service: one rating a visit, which its visitor may change for a day. */
export const ratingContract = {
  'POST /api/own-visit/rating': {
    right: 'own-visit',
    summary: 'Rate one’s own visit; without a mark, only read the rating',
    body: closedObject({ token: TokenField, mark: Type.Optional(MarkField) }),
    reply: Rated,
    problems: [...problems, 'unknown-token'],
  },
  'POST /api/centres/:centreId/days/:day/visits/:visitId/rating': {
    right: 'rate',
    summary: 'Rate a visit at a kiosk or at the tablet of the window',
    params: Type.Object({ centreId: CentreIdField, day: AskedDayField, visitId: VisitIdField }),
    body: closedObject({ mark: MarkField, at: Type.Enum(['kiosk', 'tablet']) }),
    problems: [...problems, 'unknown-centre'],
  },
  'GET /api/centres/:centreId/windows/:windowId/last-visit': {
    right: 'rate',
    summary: 'The last visit served at a window within the last minutes, which its tablet asks to rate',
    params: Type.Object({ centreId: CentreIdField, windowId: WindowIdField }),
    reply: Type.Object({
      visit: Nullable(
        Type.Object({ visitId: VisitIdField, day: DayField, number: Type.String(), state: VisitStateField }),
      ),
    }),
    problems: ['unknown-centre', 'centre-closed', 'unknown-window', 'busy', 'day-unreadable'],
  },
} as const satisfies Contract;
