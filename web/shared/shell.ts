/**
 * Keeps the page and its files in this browser, so that a screen that is switched on without the server says so itself
 * instead of showing the browser's fault. Data are never kept: what is shown is new or says since when it is not.
 */
export function keepShell(): void {
  if (!('serviceWorker' in navigator)) return;
  // A browser that keeps nothing, or an address without TLS, works as before, only not without the server.
  navigator.serviceWorker.register('/shell.js').catch(() => undefined);
}
