import type { ScreenSettings } from '../../contract/screens.ts';
import { useAnswer } from './answers.ts';

/** Settings change seldom; a screen that runs for weeks looks again now and then. */
const ASK_EVERY_MS = 5 * 60_000;

/** How the screens of a centre are set; null until the server has answered. */
export function useScreens(centreId: number): ScreenSettings | null {
  return useAnswer('GET /api/centres/:centreId/screens', { params: { centreId } }, ASK_EVERY_MS);
}
