const FRAMES_MAX = 6;
/** One screen tells of so many faults, and then keeps quiet. */
const TOLD_MAX = 5;
let told = 0;

/**
 * Tells the server that this screen could not show something. Only the kind of the error and the places in the program go out: its words
 * and the address may repeat what a person typed.
 */
export function reportFault(fault: unknown): void {
  told += 1;
  if (told > TOLD_MAX) return;
  const { name = 'Error', stack = '' } = fault instanceof Error ? fault : {};
  const frames = [...stack.matchAll(/(\/[A-Za-z0-9_./-]{1,110}):(\d{1,7}):(\d{1,7})/g)];
  const body = {
    screen: /^\/([a-z_-]{1,40})/.exec(location.pathname)?.[1] ?? 'unknown',
    error: /^[A-Za-z]{1,60}$/.test(name) ? name : 'Error',
    frames: frames
      .map(([, file = '', line, column]) => `${file.replace(/^\/\/[^/]*/, '')}:${line}:${column}`)
      .filter((frame) => frame.startsWith('/'))
      .slice(0, FRAMES_MAX),
  };
  fetch('/api/screen-faults', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    keepalive: true,
  }).catch(() => undefined);
}

/** Tells also of faults that no part of the screen was there to catch. */
export function reportUnseenFaults(): void {
  addEventListener('error', ({ error }) => reportFault(error));
  addEventListener('unhandledrejection', ({ reason }) => reportFault(reason));
}
