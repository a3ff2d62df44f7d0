import { refuse } from '../problems.ts';
import type { BookingState } from './life.ts';

/** What may be done with a booking. */
export type BookingAction = 'confirm' | 'move' | 'cancel' | 'check-in' | 'note-served' | 'note-missed' | 'lapse';

/** From which states an action leads where. */
export const BOOKING_STEPS: Readonly<
  Record<BookingAction, { readonly from: readonly BookingState[]; readonly to: BookingState | 'same' }>
> = {
  confirm: { from: ['held'], to: 'booked' },
  move: { from: ['held', 'booked'], to: 'same' },
  cancel: { from: ['held', 'booked'], to: 'cancelled' },
  'check-in': { from: ['booked', 'came'], to: 'came' },
  'note-served': { from: ['came'], to: 'served' },
  'note-missed': { from: ['booked'], to: 'missed' },
  lapse: { from: ['held'], to: 'lapsed' },
};

/** Throws booking-state for an action that does not follow from the state of a booking. */
export function mustAllow(action: BookingAction, state: BookingState): void {
  if (!BOOKING_STEPS[action].from.includes(state)) refuse('booking-state', { is: state });
}
