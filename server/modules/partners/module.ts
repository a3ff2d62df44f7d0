import type { Context } from '../../platform/context.ts';
import { partnerRoutes } from './routes.ts';
import { openDeliveries } from './send-deliveries.ts';

/** Partners hear what became of their bookings; messages that did not reach them are listed, and sent again at their wish. */
export function openPartners(context: Context): void {
  const deliveries = openDeliveries(context);
  context.onClose(() => deliveries.stop());
  partnerRoutes(context);
}
