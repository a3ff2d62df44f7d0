let known: AudioContext | null = null;

/** The way to the loudspeaker; null where this browser has none. */
export function audio(): AudioContext | null {
  known ??= 'AudioContext' in globalThis ? new AudioContext() : null;
  return known;
}

/** True when this browser lets the page sound without a touch, or has been touched. */
export function maySound(): boolean {
  return audio()?.state === 'running';
}

/** After a touch: the browser lets the page sound from now on. */
export async function allowSound(): Promise<void> {
  await audio()?.resume();
}

/** A tone: how high, how long after now it begins, and how long it lasts, in seconds. */
export interface Tone {
  readonly hertz: number;
  readonly at: number;
  readonly lasts: number;
}

/** Sounds some tones; nothing where the page may not sound yet. */
export function playTones(tones: readonly Tone[]): void {
  const context = audio();
  if (context === null || context.state !== 'running') return;
  for (const { hertz, at, lasts } of tones) {
    const begins = context.currentTime + at;
    const loud = new GainNode(context, { gain: 0 });
    loud.gain.setValueAtTime(0, begins);
    loud.gain.linearRampToValueAtTime(0.3, begins + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.001, begins + lasts);
    loud.connect(context.destination);
    const tone = new OscillatorNode(context, { frequency: hertz });
    tone.connect(loud);
    tone.start(begins);
    tone.stop(begins + lasts);
  }
}
