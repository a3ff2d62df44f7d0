import type { NetworkContext } from '../network/index.ts';
import { screenRoutes } from './routes.ts';
import type { Speech } from './speech.ts';

/** Settings, media and speech of the screens in centres. */
export function openScreens(context: NetworkContext, speech: Speech): void {
  screenRoutes(context, speech);
}
