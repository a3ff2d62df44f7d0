import type { FastifyInstance } from 'fastify';
import { districtRoutes } from '../hierarchy/routes.ts';
import { centrePartRoutes } from './part-routes.ts';
import { centreOfficeRoutes, type NetworkOfficeSetting } from './routes.ts';

/** The network as those change it who run it. */
export function networkOfficeRoutes(app: FastifyInstance, setting: NetworkOfficeSetting): void {
  districtRoutes(app, setting);
  centreOfficeRoutes(app, setting);
  centrePartRoutes(app, setting);
}
