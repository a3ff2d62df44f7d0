import type { ScreenSettings } from '../../../contract/screens.ts';
import { USUAL_NORMS } from '../../../core/queue/norms.ts';

/** The default settings of the screens of a centre. */
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
