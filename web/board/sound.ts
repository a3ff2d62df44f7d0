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
