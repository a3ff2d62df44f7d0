let context: AudioContext | null = null;

/** After a touch: true when this browser will let the page sound. */
export async function mayRing(): Promise<boolean> {
  if (!('AudioContext' in globalThis)) return false;
  context ??= new AudioContext();
  await context.resume();
  return context.state === 'running';
}

/** Three tones and a shake. */
export function ring(): void {
  navigator.vibrate?.([300, 150, 300]);
  if (context === null) return;
  for (const at of [0, 0.4, 0.8]) {
    const loud = new GainNode(context, { gain: 0.4 });
    loud.connect(context.destination);
    const tone = new OscillatorNode(context, { frequency: 880 });
    tone.connect(loud);
    tone.start(context.currentTime + at);
    tone.stop(context.currentTime + at + 0.25);
  }
}
