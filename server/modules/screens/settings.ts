import type { ScreenSettings } from '../../../contract/screens.ts';
import { USUAL_NORMS } from '../../../core/queue/norms.ts';

/** How the screens of a centre are set until somebody sets them otherwise. */
export const USUAL_SCREENS: ScreenSettings = {
  kiosk: {
    printing: 'browser',
    idleSeconds: 60,
    situations: [],
    questions: [],
    classes: [],
  },
  board: { runningText: null, speech: ['ru'], chime: true, mediaAfterSeconds: null },
  hall: { ...USUAL_NORMS, breakAfterMinutes: 120, forgottenMinutes: 40 },
};
