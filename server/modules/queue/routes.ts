import type { FastifyInstance } from 'fastify';
import { queueContract } from '../../../contract/queue.ts';
import { serve } from '../../platform/serve.ts';
import { openDesk, type QueueSetting } from './desk.ts';
import { hallHandlers } from './hall-routes.ts';
import { ownVisitHandlers, visitHandlers } from './visit-routes.ts';
import { windowHandlers } from './window-routes.ts';

export function queueRoutes(app: FastifyInstance, setting: QueueSetting): void {
  const desk = openDesk(setting);
  serve(app, queueContract, {
    ...hallHandlers(desk),
    ...visitHandlers(desk),
    ...ownVisitHandlers(desk),
    ...windowHandlers(desk),
  });
}
