import type { FastifyInstance } from 'fastify';
import { hallDeskContract } from '../../../contract/hall-desk.ts';
import { ownVisitContract } from '../../../contract/own-visit.ts';
import { queueContract } from '../../../contract/queue.ts';
import { serve } from '../../platform/serve.ts';
import { openDesk, type QueueSetting } from './desk.ts';
import { hallDeskHandlers } from './hall-desk-routes.ts';
import { hallHandlers } from './hall-routes.ts';
import { ownVisitHandlers } from './own-visit-routes.ts';
import { visitHandlers } from './visit-routes.ts';
import { windowHandlers } from './window-routes.ts';

export function queueRoutes(app: FastifyInstance, setting: QueueSetting): void {
  const desk = openDesk(setting);
  serve(app, queueContract, {
    ...hallHandlers(desk),
    ...visitHandlers(desk),
    ...windowHandlers(desk),
  });
  serve(app, ownVisitContract, ownVisitHandlers(desk));
  serve(app, hallDeskContract, hallDeskHandlers(desk));
}
